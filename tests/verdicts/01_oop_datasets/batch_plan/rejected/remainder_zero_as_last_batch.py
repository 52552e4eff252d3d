# feedback: remainder is 0 | full one
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if drop_last:
        return full, batch_size if full else 0
    return full + (rest > 0), rest
