# feedback: mixed
def forecast_inputs(windows):
    return windows.T.reshape(*windows.shape, 1) if windows.ndim == 2 else windows
