def rescaled_scores(scores, spread):
    new = dict(scores)
    new["MAE"] *= spread
    new["RMSE"] *= spread
    new["MSE"] *= spread * spread
    return new
