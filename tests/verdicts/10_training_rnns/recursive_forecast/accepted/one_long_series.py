def recursive_forecast(model, windows, steps):
    length = windows.shape[1]
    series = torch.cat([windows, torch.zeros(len(windows), steps)], dim=1)
    with torch.inference_mode():
        for t in range(length, length + steps):
            series[:, t] = model(series[:, t - length : t, None])[:, 0]
    return series[:, length:]
