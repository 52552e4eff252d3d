# feedback: row instead of a column | put in front
def first_batch(loader):
    features, labels = next(iter(loader))
    return features, labels.unsqueeze(0)
