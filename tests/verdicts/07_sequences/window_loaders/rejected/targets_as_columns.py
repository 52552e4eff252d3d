# feedback: axis of length 1 too many
def window_loaders(train, test, batch_size):
    sets = [TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y).float().reshape(-1, 1)) for x, y in (train, test)]
    return DataLoader(sets[0], batch_size, shuffle=True), DataLoader(sets[1], batch_size)
