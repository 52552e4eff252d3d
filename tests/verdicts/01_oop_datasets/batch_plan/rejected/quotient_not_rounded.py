# feedback: not rounded
def batch_plan(samples, batch_size, drop_last):
    batches = samples / batch_size
    return batches, samples % batch_size
