# feedback: share of test windows whose target
def leaked_share(train_starts, test_starts, length, horizon=1):
    return 1.0
