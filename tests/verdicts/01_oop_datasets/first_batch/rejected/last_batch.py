# feedback: last batch | ran to its end
def first_batch(loader):
    for features, labels in loader:
        labels = labels.reshape(-1, 1)
    return features, labels
