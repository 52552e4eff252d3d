# feedback: of a NumPy array `size` is a number
def window_loaders(train, test, batch_size):
    return DataLoader(TensorDataset(*train), batch_size, shuffle=True), DataLoader(TensorDataset(*test), batch_size)
