# feedback: divided by the spread
def rescaled_scores(scores, spread):
    f = {'MSE': spread**2, 'MAE': 1 / spread, 'RMSE': spread, 'R2': 1}
    return {k: v * f[k] for k, v in scores.items()}
