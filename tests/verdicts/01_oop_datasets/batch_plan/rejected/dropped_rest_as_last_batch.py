# feedback: left-over samples are dropped
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    batches = full if drop_last or not rest else full + 1
    return batches, rest or batch_size
