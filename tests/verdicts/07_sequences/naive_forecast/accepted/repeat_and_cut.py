def naive_forecast(inputs, steps, season=1):
    times = -(-steps // season)
    return inputs[:, -season:].repeat(1, times)[:, :steps]
