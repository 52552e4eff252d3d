# feedback: a dict with the keys
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    return [word for word in ("target", "order", "scaler")]
