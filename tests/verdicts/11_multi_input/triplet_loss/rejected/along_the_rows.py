# feedback: run along axis 0
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().sum(dim=0).sqrt()
    far = (anchor - negative).square().sum(dim=0).sqrt()
    return (near - far + margin).clamp(min=0).mean()
