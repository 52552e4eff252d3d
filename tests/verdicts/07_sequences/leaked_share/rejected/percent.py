# feedback: in percent
def leaked_share(train_starts, test_starts, length, horizon=1):
    distance = (test_starts + length + horizon - 1)[:, None] - train_starts
    hit = ((distance >= 0) & (distance < length)) | (distance == length + horizon - 1)
    return 100 * hit.any(dim=1).float().mean()
