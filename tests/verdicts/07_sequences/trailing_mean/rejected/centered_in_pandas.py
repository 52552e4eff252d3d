# feedback: around the step
def trailing_mean(series, width):
    means = pd.Series(series.numpy()).rolling(width, min_periods=1, center=True).mean()
    return torch.tensor(means.to_numpy(), dtype=torch.float32)
