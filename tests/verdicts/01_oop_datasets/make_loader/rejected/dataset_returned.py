# feedback: a dataset | DataLoader
def make_loader(dataset, batch_size):
    DataLoader(dataset, batch_size=batch_size, shuffle=True)
    return dataset
