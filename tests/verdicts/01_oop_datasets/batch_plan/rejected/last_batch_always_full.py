# feedback: last batch is taken to be full
def batch_plan(samples, batch_size, drop_last):
    batches = samples // batch_size if drop_last else -(-samples // batch_size)
    return batches, batch_size
