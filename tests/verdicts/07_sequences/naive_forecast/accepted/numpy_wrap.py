def naive_forecast(inputs, steps, season=1):
    last = inputs.numpy()[:, -season:]
    return torch.from_numpy(np.take(last, np.arange(steps), axis=1, mode="wrap"))
