def mape_percent(forecasts, targets, least):
    share = (forecasts / targets - 1).abs()
    share = share.masked_fill(targets.abs() < least, torch.nan)
    return share.nanmean().mul(100).item()
