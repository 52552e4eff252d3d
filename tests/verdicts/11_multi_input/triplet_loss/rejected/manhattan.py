# feedback: Manhattan
def triplet_loss(anchor, positive, negative, margin):
    near = (anchor - positive).abs().sum(1)
    far = (anchor - negative).abs().sum(1)
    return (near - far + margin).clamp(min=0).mean()
