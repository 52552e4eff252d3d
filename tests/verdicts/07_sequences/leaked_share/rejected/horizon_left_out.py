# feedback: the horizon is left out
def leaked_share(train_starts, test_starts, length, horizon=1):
    distance = (test_starts + length)[:, None] - train_starts
    return ((distance >= 0) & (distance <= length)).any(dim=1).float().mean()
