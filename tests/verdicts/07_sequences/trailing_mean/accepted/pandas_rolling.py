def trailing_mean(series, width):
    means = pd.Series(series.numpy()).rolling(width, min_periods=1).mean()
    return torch.tensor(means.to_numpy(), dtype=torch.float32)
