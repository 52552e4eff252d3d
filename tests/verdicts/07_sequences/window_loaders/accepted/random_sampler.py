from torch.utils.data import RandomSampler


def window_loaders(train, test, batch_size):
    def dataset(pair):
        return TensorDataset(*(torch.from_numpy(part).float() for part in pair))

    train_set = dataset(train)
    return [DataLoader(train_set, batch_size, sampler=RandomSampler(train_set)), DataLoader(dataset(test), batch_size)]
