from torch.utils.data import BatchSampler, SubsetRandomSampler


def make_loader(dataset, batch_size):
    order = SubsetRandomSampler(range(len(dataset)))
    return DataLoader(dataset, batch_sampler=BatchSampler(order, batch_size, drop_last=False), num_workers=0)
