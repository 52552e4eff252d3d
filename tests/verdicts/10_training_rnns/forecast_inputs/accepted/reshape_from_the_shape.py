def forecast_inputs(windows):
    return windows.reshape(windows.shape[0], windows.shape[1], -1)
