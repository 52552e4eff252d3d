# feedback: its inputs too
def leaked_share(train_starts, test_starts, length, horizon=1):
    def steps(start):
        return {*range(start, start + length), start + length + horizon - 1}
    seen = set().union(*(steps(s) for s in train_starts.tolist()))
    return sum(bool(steps(s) & seen) for s in test_starts.tolist()) / len(test_starts)
