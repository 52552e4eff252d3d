# feedback: shifted by one step
def naive_forecast(inputs, steps, season=1):
    k = torch.arange(1, steps + 1)
    return inputs[:, inputs.shape[1] - season + k % season]
