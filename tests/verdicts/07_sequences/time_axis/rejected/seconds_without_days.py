# feedback: lose their days
def time_axis(csv_path):
    stamps = pd.read_csv(csv_path, parse_dates=["timestamp"])["timestamp"]
    repeated = int(stamps.duplicated().sum())
    stamps = stamps.drop_duplicates().sort_values()
    jumps = stamps.diff().dropna().dt.seconds // 900
    missing = int((jumps[jumps > 1] - 1).sum())
    return missing, repeated
