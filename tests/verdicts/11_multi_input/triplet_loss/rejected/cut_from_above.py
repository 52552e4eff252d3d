# feedback: cut off above 0
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().sum(dim=1).sqrt()
    far = (anchor - negative).square().sum(dim=1).sqrt()
    return (near - far + margin).clamp(max=0).mean()
