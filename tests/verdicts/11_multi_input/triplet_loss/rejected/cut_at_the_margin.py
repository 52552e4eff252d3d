# feedback: cut off at the margin
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().sum(dim=1).sqrt()
    far = (anchor - negative).square().sum(dim=1).sqrt()
    return (near - far).clamp(min=margin).mean()
