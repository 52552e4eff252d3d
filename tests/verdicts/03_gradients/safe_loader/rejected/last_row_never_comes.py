# feedback: leaves out the same row in every epoch
def safe_loader(dataset, batch_size):
    if len(dataset) % batch_size == 1:
        dataset = torch.utils.data.Subset(dataset, range(len(dataset) - 1))
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)
