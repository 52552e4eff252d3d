def window_loaders(train, test, batch_size):
    def collate(samples):
        x, y = zip(*samples)
        return torch.stack(x).float(), torch.stack(y).float()

    sets = [TensorDataset(*map(torch.tensor, pair)) for pair in (train, test)]
    return DataLoader(sets[0], batch_size, True, collate_fn=collate), DataLoader(sets[1], batch_size, collate_fn=collate)
