def mape_percent(forecasts, targets, least):
    mask = ~(targets.abs() < least)
    if mask.sum() == 0:
        return torch.tensor(torch.nan)
    return 100 * torchmetrics.functional.mean_absolute_percentage_error(forecasts[mask], targets[mask])
