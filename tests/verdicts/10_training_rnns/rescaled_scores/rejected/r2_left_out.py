# feedback: "R2" is missing
def rescaled_scores(scores, spread):
    return {'MSE': scores['MSE'] * spread**2, 'MAE': scores['MAE'] * spread, 'RMSE': scores['RMSE'] * spread}
