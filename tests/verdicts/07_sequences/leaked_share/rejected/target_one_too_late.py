# feedback: one step too late
def leaked_share(train_starts, test_starts, length, horizon=1):
    seen = set()
    for start in train_starts.tolist():
        seen |= {*range(start, start + length), start + length + horizon - 1}
    return sum(s + length + horizon in seen for s in test_starts.tolist()) / len(test_starts)
