# feedback: cause
def naive_forecast(inputs, steps, season=1):
    return inputs[:, -96:][:, torch.arange(steps) % season]
