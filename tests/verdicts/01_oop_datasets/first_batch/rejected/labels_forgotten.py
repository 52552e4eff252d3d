# feedback: only one of the values
def first_batch(loader):
    features, labels = next(iter(loader))
    return features
