# feedback: only the targets of the training windows
def leaked_share(train_starts, test_starts, length, horizon=1):
    return torch.isin(test_starts + length, train_starts + length).float().mean()
