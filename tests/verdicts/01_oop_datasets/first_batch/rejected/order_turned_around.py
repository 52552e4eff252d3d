# feedback: in the other order
def first_batch(loader):
    features, labels = next(iter(loader))
    return labels.reshape(-1, 1), features
