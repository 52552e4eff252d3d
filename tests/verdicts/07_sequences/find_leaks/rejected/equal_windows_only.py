# feedback: only windows that are in both sets
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    moment = int(test_starts.min()) + length - 1
    return {
        "target": bool(set(train_starts.tolist()) & set(test_starts.tolist())),
        "order": int(train_starts.max()) + length + horizon - 1 > moment,
        "scaler": scaler_stop - 1 > moment,
    }
