def safe_loader(dataset, batch_size):
    sampler = torch.utils.data.RandomSampler(dataset)
    return DataLoader(dataset, sampler=sampler, batch_size=batch_size, drop_last=(len(dataset) - 1) % batch_size == 0)
