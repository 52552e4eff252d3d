def batch_plan(samples, batch_size, drop_last):
    sizes = [min(batch_size, samples - start) for start in range(0, samples, batch_size)]
    if drop_last:
        sizes = [size for size in sizes if size == batch_size]
    return len(sizes), (sizes or [0])[-1]
