# feedback: cause
def naive_forecast(inputs, steps, season=1):
    return torch.cat([inputs, inputs[:, -season:]], dim=1)
