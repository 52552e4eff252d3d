# feedback: between a window's last input and its target
def leaked_share(train_starts, test_starts, length, horizon=1):
    distance = (test_starts + length + horizon - 1)[:, None] - train_starts
    return ((distance >= 0) & (distance < length + horizon)).any(dim=1).float().mean()
