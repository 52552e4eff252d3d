# feedback: shuffled apart
def window_loaders(train, test, batch_size):
    x, y = (torch.from_numpy(part).float() for part in train)
    train_set = TensorDataset(x[torch.randperm(len(x))], y[torch.randperm(len(y))])
    test_set = TensorDataset(*(torch.from_numpy(part).float() for part in test))
    return DataLoader(train_set, batch_size, shuffle=True), DataLoader(test_set, batch_size)
