# feedback: between a training window's last input and its target
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    held = torch.cat([train_starts + k for k in range(length + horizon)])
    moment = int(test_starts.min()) + length - 1
    return {
        "target": bool(torch.isin(test_starts + length + horizon - 1, held).any()),
        "order": int(train_starts.max()) + length + horizon - 1 > moment,
        "scaler": scaler_stop - 1 > moment,
    }
