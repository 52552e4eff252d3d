# feedback: spreads of the batches are averaged | differ from each other
def channel_statistics(batches):
    n, total, variance = 0, 0, 0
    for batch in batches:
        k = batch[:, 0].numel()
        n += k
        total = total + batch.mean(dim=(0, 2, 3)) * k
        variance = variance + batch.var(dim=(0, 2, 3)) * k
    return total / n, (variance / n).sqrt()
