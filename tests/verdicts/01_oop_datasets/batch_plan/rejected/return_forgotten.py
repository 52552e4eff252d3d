# feedback: `return` is missing
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if rest and not drop_last:
        plan = full + 1, rest
    else:
        plan = full, batch_size if full else 0
    print(plan)
