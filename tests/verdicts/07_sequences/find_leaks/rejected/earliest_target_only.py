# feedback: only the target of the earliest test window
def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    reach = length + horizon - 1
    first = test_starts.min().item()
    moment = first + length - 1
    held = {s + k for s in train_starts.tolist() for k in [*range(length), reach]}
    return {"target": first + reach in held, "order": max(held) > moment, "scaler": scaler_stop - 1 > moment}
