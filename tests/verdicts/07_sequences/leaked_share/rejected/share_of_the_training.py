# feedback: share is taken of the training windows
def leaked_share(train_starts, test_starts, length, horizon=1):
    distance = (test_starts + length + horizon - 1)[:, None] - train_starts
    hit = ((distance >= 0) & (distance < length)) | (distance == length + horizon - 1)
    return hit.any(dim=1).sum() / len(train_starts)
