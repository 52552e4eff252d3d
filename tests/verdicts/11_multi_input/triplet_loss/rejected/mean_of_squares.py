# feedback: averaged over the features
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().mean(1).sqrt()
    far = (anchor - negative).square().mean(1).sqrt()
    return (near - far + margin).clamp(min=0).mean()
