# feedback: no axis is added
def forecast_inputs(windows):
    if windows.shape[-1] == 1:
        return windows
    return windows.reshape(*windows.shape[:2], -1)
