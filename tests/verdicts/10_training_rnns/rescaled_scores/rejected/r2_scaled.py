# feedback: it has no unit
def rescaled_scores(scores, spread):
    f = {'MSE': spread**2, 'MAE': spread, 'RMSE': spread, 'R2': spread}
    return {k: v * f[k] for k, v in scores.items()}
