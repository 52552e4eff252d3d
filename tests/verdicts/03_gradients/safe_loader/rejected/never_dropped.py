# feedback: batch of one row
def safe_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)
