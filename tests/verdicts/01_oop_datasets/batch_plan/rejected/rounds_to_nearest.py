# feedback: rounded to the nearest
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if drop_last:
        return full, batch_size if full else 0
    return round(samples / batch_size), rest or (batch_size if full else 0)
