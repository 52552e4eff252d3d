def leaked_share(train_starts, test_starts, length, horizon=1):
    reach = length + horizon
    seen = torch.zeros(int(torch.cat([train_starts, test_starts]).max()) + reach, dtype=torch.bool)
    for offset in range(length):
        seen[train_starts + offset] = True
    seen[train_starts + reach - 1] = True
    return seen[test_starts + reach - 1].float().mean()
