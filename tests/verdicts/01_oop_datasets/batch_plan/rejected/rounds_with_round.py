# feedback: number of batches | nearest
def batch_plan(samples, batch_size, drop_last):
    if drop_last:
        n = samples // batch_size
        return n, batch_size if n else 0
    n = round(samples / batch_size)
    return n, (samples % batch_size or batch_size) if samples else 0
