# feedback: a new loader | ask the loader itself
def first_batch(loader):
    features, labels = next(iter(DataLoader(loader.dataset, batch_size=loader.batch_size)))
    return features, labels.unsqueeze(1)
