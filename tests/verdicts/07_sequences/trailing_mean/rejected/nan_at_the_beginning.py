# feedback: NaN
def trailing_mean(series, width):
    return torch.tensor(pd.Series(series.numpy()).rolling(width).mean().to_numpy(), dtype=torch.float32)
