def batch_plan(samples, batch_size, drop_last):
    samples = np.int64(samples)
    if samples >= batch_size:
        batches, last = batch_plan(samples - batch_size, batch_size, drop_last)
        return (batches + 1, last or np.int64(batch_size))
    if drop_last or samples == 0:
        return np.int64(0), np.int64(0)
    return np.int64(1), samples
