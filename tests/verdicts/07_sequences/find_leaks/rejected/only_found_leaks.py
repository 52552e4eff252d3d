# feedback: is missing
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    return {"target": True} if (train_starts.max() > test_starts.min()).item() else {}
