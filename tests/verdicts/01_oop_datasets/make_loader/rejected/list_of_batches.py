# feedback: list of the batches
def make_loader(dataset, batch_size):
    return [batch for batch in DataLoader(dataset, batch_size=batch_size, shuffle=True)]
