# feedback: between positive and negative
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).norm(dim=1)
    far = (positive - negative).norm(dim=1)
    return (near - far + margin).clamp(min=0).mean()
