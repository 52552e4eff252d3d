# feedback: after one season the values run out
def naive_forecast(inputs, steps, season=1):
    if season == 1:
        return inputs[:, -1:].repeat(1, steps)
    return inputs[:, -season:][:, :steps]
