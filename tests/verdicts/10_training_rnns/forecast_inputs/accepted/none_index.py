def forecast_inputs(windows):
    if windows.dim() == 3:
        return windows
    return windows[..., None]
