# feedback: rows that are not 0
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().sum(dim=1).sqrt()
    far = (anchor - negative).square().sum(dim=1).sqrt()
    gap = near - far + margin
    return gap[gap > 0].mean()
