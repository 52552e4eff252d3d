# feedback: one batch
def make_loader(dataset, batch_size):
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    for batch in loader:
        return batch
