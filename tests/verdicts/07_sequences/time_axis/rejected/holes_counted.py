# feedback: the holes were counted
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"].sort_values()
    return int((stamps.diff() > pd.Timedelta("15min")).sum()), int(stamps.duplicated().sum())
