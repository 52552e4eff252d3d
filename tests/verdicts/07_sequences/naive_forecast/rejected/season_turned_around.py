# feedback: turned around
def naive_forecast(inputs, steps, season=1):
    return inputs[:, -1 - torch.arange(steps) % season]
