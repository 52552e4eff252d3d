# feedback: DataLoader
def safe_loader(dataset, batch_size):
    return [batch for batch in DataLoader(dataset, batch_size=batch_size, shuffle=True) if len(batch[0]) > 1]
