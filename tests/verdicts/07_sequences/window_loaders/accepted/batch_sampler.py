from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler


def window_loaders(train, test, batch_size):
    def loader(pair, sampler_class):
        data = TensorDataset(torch.tensor(pair[0]).float(), torch.tensor(pair[1]).float())
        return DataLoader(data, batch_sampler=BatchSampler(sampler_class(data), batch_size, drop_last=False))

    return loader(train, RandomSampler), loader(test, SequentialSampler)
