# feedback: only windows that are in both sets
def leaked_share(train_starts, test_starts, length, horizon=1):
    return torch.isin(test_starts, train_starts).float().mean()
