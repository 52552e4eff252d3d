# feedback: root is missing
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).square().sum(1)
    far = (anchor - negative).square().sum(1)
    return (near - far + margin).clamp(min=0).mean()
