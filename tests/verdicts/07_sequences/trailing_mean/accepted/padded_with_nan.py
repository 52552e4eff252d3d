def trailing_mean(series, width):
    padded = torch.cat([torch.full((width - 1,), torch.nan), series])
    return padded.unfold(0, width, 1).nanmean(dim=1)
