# feedback: one value per window
def naive_forecast(inputs, steps, season=1):
    return inputs[:, -1:]
