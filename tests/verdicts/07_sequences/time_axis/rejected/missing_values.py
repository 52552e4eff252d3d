# feedback: quarter hours without a row
def time_axis(csv_path):
    frame = pd.read_csv(csv_path)
    return int(frame.isna().any(axis=1).sum()), int(frame["timestamp"].duplicated().sum())
