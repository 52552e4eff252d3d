# feedback: too large
def safe_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=batch_size + 1, shuffle=True, drop_last=len(dataset) % (batch_size + 1) == 1)
