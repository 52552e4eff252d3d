# feedback: the test loader shuffles
def window_loaders(train, test, batch_size):
    sets = [TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y).float()) for x, y in (train, test)]
    return DataLoader(sets[0], batch_size, shuffle=True), DataLoader(sets[1], batch_size, shuffle=True)
