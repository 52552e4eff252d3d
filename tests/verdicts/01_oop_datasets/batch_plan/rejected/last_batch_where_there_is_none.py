# feedback: there is no batch
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if drop_last or rest == 0:
        return full, batch_size
    return full + 1, rest
