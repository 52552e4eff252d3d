def first_batch(loader):
    for features, labels in loader:
        return features, labels.unsqueeze(dim=1)
