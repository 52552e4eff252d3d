# feedback: turned around
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if rest and drop_last:
        return full + 1, rest
    return full, batch_size if full else 0
