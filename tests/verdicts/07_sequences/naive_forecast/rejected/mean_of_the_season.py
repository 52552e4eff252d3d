# feedback: the season is averaged
def naive_forecast(inputs, steps, season=1):
    return inputs[:, -season:].mean(dim=1, keepdim=True).expand(-1, steps)
