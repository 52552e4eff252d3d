# feedback: float64
def trailing_mean(series, width):
    return torch.from_numpy(pd.Series(series.numpy().astype(float)).rolling(width, min_periods=1).mean().to_numpy())
