# feedback: for the whole batch
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).norm()
    far = (anchor - negative).norm()
    return (near - far + margin).clamp(min=0).mean()
