# feedback: one of the two distances is squared
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().sum(dim=1).sqrt()
    far = (anchor - negative).square().sum(dim=1)
    return (near - far + margin).clamp(min=0).mean()
