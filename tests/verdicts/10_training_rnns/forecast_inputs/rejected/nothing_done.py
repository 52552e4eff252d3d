# feedback: no axis is added
def forecast_inputs(windows):
    return windows
