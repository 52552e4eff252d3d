# feedback: cause
def window_loaders(train, test, batch_size):
    x = torch.from_numpy(np.concatenate([train[0], test[0]])).float()
    y = torch.from_numpy(np.concatenate([train[1], test[1]])).float()
    order, count = torch.randperm(len(y)), len(train[1])
    sets = TensorDataset(x[order[:count]], y[order[:count]]), TensorDataset(x[order[count:]], y[order[count:]])
    return DataLoader(sets[0], batch_size, shuffle=True), DataLoader(sets[1], batch_size)
