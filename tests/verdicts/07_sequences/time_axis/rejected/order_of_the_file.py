# feedback: rows are not in the order of time
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"]
    steps = stamps.diff().dropna() / pd.Timedelta("15min")
    return int((steps[steps > 1] - 1).sum()), int(stamps.duplicated().sum())
