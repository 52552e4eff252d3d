@torch.no_grad()
def recursive_forecast(model, windows, steps):
    window = windows.clone()
    out = torch.empty(len(windows), steps)
    for k in range(steps):
        out[:, k] = model(forecast_inputs(window)).squeeze(-1)
        window = window.roll(-1, dims=1)
        window[:, -1] = out[:, k]
    return out
