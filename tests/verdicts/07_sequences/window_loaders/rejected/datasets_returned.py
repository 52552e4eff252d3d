# feedback: no loader is made
def window_loaders(train, test, batch_size):
    return tuple(TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y).float()) for x, y in (train, test))
