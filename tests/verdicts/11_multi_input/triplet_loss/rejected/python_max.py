# feedback: Python's own `max` or `min`
def triplet_loss(anchor, positive, negative, margin):
    d = (anchor - positive).norm(dim=1) - (anchor - negative).norm(dim=1) + margin
    return max(0, d).mean()
