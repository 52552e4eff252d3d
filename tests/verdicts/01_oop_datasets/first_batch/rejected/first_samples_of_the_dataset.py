# feedback: order of the dataset | ask the loader itself
def first_batch(loader):
    pairs = [loader.dataset[i] for i in range(min(loader.batch_size, len(loader.dataset)))]
    features, labels = default_collate(pairs)
    return features, labels.unsqueeze(1)
