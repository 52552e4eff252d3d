def channel_statistics(batches):
    count, s1, s2 = 0, 0, 0
    for batch in batches:
        count += batch.numel() / 3
        s1 = s1 + torch.einsum("bchw->c", batch)
        s2 = s2 + torch.einsum("bchw,bchw->c", batch, batch)
    mean = s1 / count
    return mean, torch.sqrt(s2 / count - mean * mean)
