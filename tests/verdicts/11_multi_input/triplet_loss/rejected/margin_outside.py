# feedback: added after the cut
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).norm(dim=1)
    far = (anchor - negative).norm(dim=1)
    return (near - far).clamp(min=0).mean() + margin
