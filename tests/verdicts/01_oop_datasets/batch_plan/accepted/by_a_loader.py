def batch_plan(samples, batch_size, drop_last):
    sizes = [len(batch) for batch in DataLoader(range(samples), batch_size=batch_size, drop_last=drop_last)]
    return len(sizes), sizes[-1] if sizes else 0
