# feedback: rows whose time stamp has been there before
def time_axis(csv_path):
    frame = pd.read_csv(csv_path, parse_dates=["timestamp"])
    wanted = pd.date_range(frame["timestamp"].min(), frame["timestamp"].max(), freq="15min")
    return len(wanted.difference(frame["timestamp"])), int(frame.duplicated().sum())
