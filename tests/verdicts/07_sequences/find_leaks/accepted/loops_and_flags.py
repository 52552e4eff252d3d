def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    earliest = sorted(int(s) for s in test_starts)[0]
    now = earliest + length - 1
    target = order = False
    for s in train_starts:
        inputs, answer = range(int(s), int(s) + length), int(s) + length + horizon - 1
        order |= answer > now
        for t in test_starts:
            wanted = int(t) + length + horizon - 1
            target |= wanted in inputs or wanted == answer
    return {"scaler": any(step > now for step in range(scaler_stop)), "order": order, "target": target}
