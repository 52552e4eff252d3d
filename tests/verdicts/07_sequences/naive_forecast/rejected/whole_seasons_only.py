# feedback: only whole seasons
def naive_forecast(inputs, steps, season=1):
    return inputs[:, -season:].repeat(1, max(1, steps // season))[:, :steps]
