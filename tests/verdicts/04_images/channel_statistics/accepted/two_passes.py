def channel_statistics(batches):
    n = sum(batch[:, 0].numel() for batch in batches)
    mean = sum(batch.sum(dim=(0, 2, 3)) for batch in batches) / n
    variance = sum(((batch - mean.view(1, 3, 1, 1)) ** 2).sum(dim=(0, 2, 3)) for batch in batches) / (n - 1)
    return [mean, variance.sqrt()]
