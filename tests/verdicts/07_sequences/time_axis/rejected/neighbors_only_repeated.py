# feedback: rows are not in the order of time
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"]
    wanted = pd.date_range(stamps.min(), stamps.max(), freq="15min")
    return len(wanted) - stamps.nunique(), int((stamps.diff() == pd.Timedelta(0)).sum())
