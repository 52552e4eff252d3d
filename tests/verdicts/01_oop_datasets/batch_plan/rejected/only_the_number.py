# feedback: only one of the values
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    return full + 1 if rest and not drop_last else full
