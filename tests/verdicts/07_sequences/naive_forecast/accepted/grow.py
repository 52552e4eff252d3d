def naive_forecast(inputs, steps, season=1):
    columns = list(inputs.unbind(dim=1))
    for _ in range(steps):
        columns.append(columns[-season])
    return torch.stack(columns[-steps:], dim=1)
