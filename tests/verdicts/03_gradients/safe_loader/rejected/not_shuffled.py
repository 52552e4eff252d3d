# feedback: does not shuffle
def safe_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=batch_size, drop_last=len(dataset) % batch_size == 1)
