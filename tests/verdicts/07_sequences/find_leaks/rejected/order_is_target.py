# feedback: says the same as "target"
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    held = torch.cat([train_starts + k for k in (*range(length), length + horizon - 1)])
    leak = bool(torch.isin(test_starts + length + horizon - 1, held).any())
    return {"target": leak, "order": leak, "scaler": scaler_stop > int(test_starts.min()) + length}
