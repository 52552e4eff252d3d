def naive_forecast(inputs, steps, season=1):
    known = inputs
    for _ in range(steps):
        known = torch.cat([known, known[:, -season].unsqueeze(1)], dim=1)
    return known[:, inputs.shape[1] :]
