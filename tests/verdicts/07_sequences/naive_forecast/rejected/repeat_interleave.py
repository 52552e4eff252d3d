# feedback: repeated on its own
def naive_forecast(inputs, steps, season=1):
    times = -(-steps // season)
    return inputs[:, -season:].repeat_interleave(times, dim=1)[:, :steps]
