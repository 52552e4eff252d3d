# feedback: full windows are cut first
def trailing_mean(series, width):
    full = series.unfold(0, width, 1).mean(dim=1)
    start = series[: width - 1].cumsum(0) / torch.arange(1, width)
    return torch.cat([start, full])
