# feedback: taken to be sorted
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    held = torch.cat([train_starts + k for k in (*range(length), length + horizon - 1)])
    moment = int(test_starts[0]) + length - 1
    return {
        "target": bool(torch.isin(test_starts + length + horizon - 1, held).any()),
        "order": int(train_starts[-1]) + length + horizon - 1 > moment,
        "scaler": scaler_stop - 1 > moment,
    }
