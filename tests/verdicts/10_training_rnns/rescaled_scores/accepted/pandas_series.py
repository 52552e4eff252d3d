def rescaled_scores(scores, spread):
    factors = pd.Series({"MSE": spread**2, "MAE": spread, "RMSE": spread, "R2": 1.0})
    return (pd.Series(scores) * factors).to_dict()
