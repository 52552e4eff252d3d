# feedback: stands in front
def forecast_inputs(windows):
    return windows.unsqueeze(0) if windows.ndim == 2 else windows
