def leaked_share(train_starts, test_starts, length, horizon=1):
    leaked = 0
    for test in test_starts.tolist():
        target = test + length + horizon - 1
        for train in train_starts.tolist():
            if train <= target < train + length or target == train + length + horizon - 1:
                leaked += 1
                break
    return leaked / len(test_starts)
