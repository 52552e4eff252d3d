# feedback: batch size | written as a number
def make_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=5, shuffle=True)
