def rescaled_scores(scores, spread):
    mse = torch.tensor(scores["MSE"], dtype=torch.float64) * spread**2
    return {"RMSE": mse.sqrt(), "MSE": mse, "R2": torch.tensor(scores["R2"]), "MAE": np.float64(scores["MAE"] * spread)}
