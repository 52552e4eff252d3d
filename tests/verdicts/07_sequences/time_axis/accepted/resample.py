def time_axis(csv_path):
    frame = pd.read_csv(csv_path, parse_dates=["timestamp"])
    rows = frame.set_index("timestamp").sort_index().resample("15min", origin="start").size()
    missing = int((rows == 0).sum())
    repeated = int((rows - 1).clip(lower=0).sum())
    return missing, repeated
