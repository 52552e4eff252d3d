def time_axis(csv_path):
    stamps = np.array(pd.read_csv(csv_path)["timestamp"].tolist(), dtype="datetime64[s]")
    slots = (stamps - stamps.min()) // np.timedelta64(900, "s")
    counts = np.bincount(slots)
    return (counts == 0).sum(), (counts[counts > 1] - 1).sum()
