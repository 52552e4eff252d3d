# feedback: count both ends
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"]
    steps = (stamps.max() - stamps.min()) // pd.Timedelta("15min")
    return steps - stamps.nunique(), int(stamps.duplicated().sum())
