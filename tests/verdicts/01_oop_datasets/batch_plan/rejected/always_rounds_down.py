# feedback: `drop_last` is ignored
def batch_plan(samples, batch_size, drop_last):
    full = samples // batch_size
    return full, batch_size if full else 0
