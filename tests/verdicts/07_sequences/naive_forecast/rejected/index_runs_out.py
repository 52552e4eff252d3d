# feedback: beyond the end of the window
def naive_forecast(inputs, steps, season=1):
    first = inputs.shape[1] - season
    return torch.stack([inputs[:, first + k] for k in range(steps)], dim=1)
