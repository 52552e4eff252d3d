def leaked_share(train_starts, test_starts, length, horizon=1):
    target = (test_starts + length + horizon - 1)[:, None]
    distance = target - train_starts[None, :]
    hit = ((distance >= 0) & (distance < length)) | (distance == length + horizon - 1)
    return hit.any(dim=1).double().mean().item()
