# feedback: it is in kW
def rescaled_scores(scores, spread):
    f = {'MSE': spread**2, 'MAE': spread, 'RMSE': spread**2, 'R2': 1}
    return {k: v * f[k] for k, v in scores.items()}
