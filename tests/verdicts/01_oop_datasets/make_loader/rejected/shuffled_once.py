# feedback: same order | shuffled once
from torch.utils.data import Subset


def make_loader(dataset, batch_size):
    order = torch.randperm(len(dataset)).tolist()
    return DataLoader(Subset(dataset, order), batch_size=batch_size)
