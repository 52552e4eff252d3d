def view_windows(series, length, horizon=1):
    return electricity.windows(series, length, horizon)
