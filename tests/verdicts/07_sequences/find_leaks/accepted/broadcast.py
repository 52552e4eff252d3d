def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    """Which of the three leaks a split has: {"target": ..., "order": ..., "scaler": ...}."""
    reach = length + horizon - 1
    moment = test_starts.min() + length - 1
    distance = (test_starts + reach).unsqueeze(1) - train_starts.unsqueeze(0)
    in_window = ((0 <= distance) & (distance < length)) | (distance == reach)
    return {
        "target": in_window.any().item(),
        "order": (train_starts + reach > moment).any().item(),
        "scaler": (scaler_stop > moment + 1).item(),
    }
