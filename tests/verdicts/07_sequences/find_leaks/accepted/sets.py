def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    train, test = train_starts.tolist(), test_starts.tolist()
    held = {step for s in train for step in (*range(s, s + length), s + length + horizon - 1)}
    known = set(range(min(test) + length))
    return {
        "target": not held.isdisjoint(s + length + horizon - 1 for s in test),
        "order": not held <= known,
        "scaler": not set(range(scaler_stop)) <= known,
    }
