# feedback: a batch too many
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if drop_last:
        return full, batch_size if full else 0
    return full + 1, rest or batch_size
