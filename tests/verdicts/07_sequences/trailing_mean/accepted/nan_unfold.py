def trailing_mean(series, width):
    width = min(width, len(series))
    nothing = torch.full((width - 1,), float("nan"))
    return torch.cat([nothing, series]).unfold(0, width, 1).nanmean(dim=1)
