# feedback: iterator is returned instead of the loader
def make_loader(dataset, batch_size):
    return iter(DataLoader(dataset, batch_size=batch_size, shuffle=True))
