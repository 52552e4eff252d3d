# feedback: batch size | written into the code
def forecast_inputs(windows):
    if windows.ndim == 3:
        return windows
    return windows.reshape(32, 96, 1)
