# feedback: the last value is repeated, whatever the season
def naive_forecast(inputs, steps, season=1):
    return inputs[:, -1:].repeat(1, steps)
