def channel_statistics(batches):
    n, mean, m2 = 0, torch.zeros(3), torch.zeros(3)
    for batch in batches:
        x = batch.movedim(1, 0).flatten(1)
        k = x.shape[1]
        delta = x.mean(1) - mean
        m2 = m2 + x.var(1, correction=0) * k + delta**2 * n * k / (n + k)
        mean = mean + delta * k / (n + k)
        n += k
    return torch.stack([mean, (m2 / n).sqrt()])
