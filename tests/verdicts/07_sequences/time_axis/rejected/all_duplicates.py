# feedback: its first one too
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"]
    wanted = pd.date_range(stamps.min(), stamps.max(), freq="15min")
    return len(wanted.difference(stamps)), int(stamps.duplicated(keep=False).sum())
