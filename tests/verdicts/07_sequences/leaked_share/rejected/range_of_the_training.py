# feedback: from the first to the last training window
def leaked_share(train_starts, test_starts, length, horizon=1):
    target = test_starts + length + horizon - 1
    return ((target >= train_starts.min()) & (target < train_starts.max() + length + horizon)).float().mean()
