# feedback: same order in each epoch
def window_loaders(train, test, batch_size):
    order = np.random.permutation(len(train[1]))
    sets = [TensorDataset(*(torch.from_numpy(p).float() for p in pair)) for pair in ([p[order] for p in train], test)]
    return DataLoader(sets[0], batch_size), DataLoader(sets[1], batch_size)
