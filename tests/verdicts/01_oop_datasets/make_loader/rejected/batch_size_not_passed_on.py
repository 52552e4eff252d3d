# feedback: without `batch_size` | one sample at a time
def make_loader(dataset, batch_size):
    return DataLoader(dataset, shuffle=True)
