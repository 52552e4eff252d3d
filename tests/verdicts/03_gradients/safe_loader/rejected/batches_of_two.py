# feedback: deals the rows out in another way
def safe_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=2, shuffle=True, drop_last=len(dataset) % 2 == 1)
