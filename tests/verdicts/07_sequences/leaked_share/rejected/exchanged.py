# feedback: exchanged
def leaked_share(train_starts, test_starts, length, horizon=1):
    distance = (train_starts + length + horizon - 1)[:, None] - test_starts
    hit = ((distance >= 0) & (distance < length)) | (distance == length + horizon - 1)
    return hit.any(dim=1).float().mean()
