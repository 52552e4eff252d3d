def time_axis(csv_path):
    stamps = np.sort(pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"].to_numpy())
    quarters = np.diff(stamps) / np.timedelta64(15, "m")
    return quarters[quarters > 1].sum() - (quarters > 1).sum(), np.sum(quarters == 0)
