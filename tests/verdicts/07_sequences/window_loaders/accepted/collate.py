def window_loaders(train, test, batch_size):
    """Loaders of float32 batches (inputs, targets): training windows shuffled, test windows in order."""

    def collate(rows):
        inputs, targets = zip(*rows)
        return torch.from_numpy(np.stack(inputs).astype(np.float32)), torch.tensor(np.array(targets)).float()

    loaders = []
    for (inputs, targets), shuffle in ((train, True), (test, False)):
        loaders.append(DataLoader(list(zip(inputs, targets)), batch_size, shuffle=shuffle, collate_fn=collate))
    return tuple(loaders)
