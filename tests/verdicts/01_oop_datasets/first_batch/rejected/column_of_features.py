# feedback: labels of the same samples | features
def first_batch(loader):
    features, labels = next(iter(loader))
    return features, features[:, -1:]
