# feedback: changed by the call
def rescaled_scores(scores, spread):
    scores['MSE'] *= spread**2
    scores['MAE'] *= spread
    scores['RMSE'] *= spread
    return scores
