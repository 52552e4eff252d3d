def first_batch(loader):
    iterator = loader.__iter__()
    x, y = iterator.__next__()
    return x, torch.stack([label.view(1) for label in y])
