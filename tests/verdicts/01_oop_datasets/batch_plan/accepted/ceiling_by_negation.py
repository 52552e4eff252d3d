import math


def batch_plan(samples, batch_size, drop_last=False):
    rounding = math.floor if drop_last else math.ceil
    batches = rounding(samples / batch_size)
    last = min(batch_size, samples - (batches - 1) * batch_size) if batches else 0
    return [batches, last]
