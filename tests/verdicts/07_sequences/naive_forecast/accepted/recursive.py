def naive_forecast(inputs, steps, season=1):
    """The last season of each window (windows, length), repeated for the next steps: (windows, steps)."""
    last = inputs[:, -season:]
    if steps <= season:
        return last[:, :steps].clone()
    half = steps // 2 // season * season  # whole seasons, so the second half begins at the same place
    if half == 0:
        half = season
    return torch.cat([naive_forecast(inputs, half, season), naive_forecast(inputs, steps - half, season)], dim=1)
