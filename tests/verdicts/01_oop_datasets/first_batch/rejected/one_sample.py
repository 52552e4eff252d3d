# feedback: single sample
def first_batch(loader):
    features, label = loader.dataset[0]
    return features, label.reshape(-1, 1)
