# feedback: number of samples that is passed in is not used
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(len(numbered), batch_size)
    if rest and not drop_last:
        return full + 1, rest
    return full, batch_size if full else 0
