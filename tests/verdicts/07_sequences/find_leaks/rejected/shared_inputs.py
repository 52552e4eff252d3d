# feedback: shared inputs are taken for a leak
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    def steps(starts):
        return {k for s in starts.tolist() for k in (*range(s, s + length), s + length + horizon - 1)}
    moment = int(test_starts.min()) + length - 1
    return {
        "target": bool(steps(train_starts) & steps(test_starts)),
        "order": int(train_starts.max()) + length + horizon - 1 > moment,
        "scaler": scaler_stop - 1 > moment,
    }
