def safe_loader(dataset, batch_size):
    leftover = len(dataset) - batch_size * (len(dataset) // batch_size)
    if leftover == 1:
        return DataLoader(dataset, batch_size, True, drop_last=True)
    return DataLoader(dataset, batch_size, True)
