def naive_forecast(inputs, steps, season=1):
    n, length = inputs.shape
    columns = torch.tensor([length - season + k % season for k in range(steps)])
    return torch.gather(inputs, 1, columns.expand(n, steps))
