# feedback: the axes are exchanged
def naive_forecast(inputs, steps, season=1):
    return torch.stack([inputs[:, inputs.shape[1] - season + k % season] for k in range(steps)])
