# feedback: one tensor or array holds all of them | separate values
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    if rest and not drop_last:
        return torch.tensor([full + 1, rest])
    return torch.tensor([full, batch_size if full else 0])
