# feedback: wrong values
def channel_statistics(batches):
    count, total, squares = 0, 0, 0
    for batch in batches:
        count += len(batch)
        total = total + batch.sum(dim=(0, 2, 3))
        squares = squares + (batch**2).sum(dim=(0, 2, 3))
    mean = total / count
    return mean, (squares / count - mean**2).abs().sqrt()
