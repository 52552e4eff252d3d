from bisect import bisect_right


def leaked_share(train_starts, test_starts, length, horizon=1):
    ordered = sorted(train_starts.tolist())
    known = set(ordered)
    leaked = 0
    for start in test_starts.tolist():
        target = start + length + horizon - 1
        place = bisect_right(ordered, target)  # the nearest training window that starts at or before the target
        is_input = place > 0 and target - ordered[place - 1] < length
        is_target = start in known  # same target means same start
        if is_input or is_target:
            leaked += 1
    return leaked / len(test_starts)
