from torch.utils.data import RandomSampler


def make_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size, sampler=RandomSampler(dataset))
