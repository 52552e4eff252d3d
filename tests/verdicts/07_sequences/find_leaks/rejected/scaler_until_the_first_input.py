# feedback: first *input* of the test windows
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    held = torch.cat([train_starts + k for k in (*range(length), length + horizon - 1)])
    moment = int(test_starts.min()) + length - 1
    return {
        "target": bool(torch.isin(test_starts + length + horizon - 1, held).any()),
        "order": int(train_starts.max()) + length + horizon - 1 > moment,
        "scaler": bool(scaler_stop > test_starts.min()),
    }
