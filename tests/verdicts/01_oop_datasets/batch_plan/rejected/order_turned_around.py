# feedback: in the other order
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if rest and not drop_last:
        return rest, full + 1
    return batch_size if full else 0, full
