# feedback: same order
def safe_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=batch_size, sampler=torch.randperm(len(dataset), generator=torch.Generator().manual_seed(0)).tolist(), drop_last=len(dataset) % batch_size == 1)
