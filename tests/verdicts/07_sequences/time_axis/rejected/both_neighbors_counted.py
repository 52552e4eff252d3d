# feedback: one too many is counted
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"].drop_duplicates().sort_values()
    steps = stamps.diff().dropna() / pd.Timedelta("15min")
    return int(steps[steps > 1].sum()), 0
