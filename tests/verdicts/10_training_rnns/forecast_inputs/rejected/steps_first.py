# feedback: exchanged
def forecast_inputs(windows):
    return windows.T.unsqueeze(-1) if windows.ndim == 2 else windows
