def naive_forecast(inputs, steps, season=1):
    rows = [np.resize(row[len(row) - season :], steps) for row in inputs.numpy()]
    return torch.from_numpy(np.stack(rows))
