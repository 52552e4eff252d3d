# feedback: changed by the call
def forecast_inputs(windows):
    return windows.unsqueeze_(-1) if windows.ndim == 2 else windows
