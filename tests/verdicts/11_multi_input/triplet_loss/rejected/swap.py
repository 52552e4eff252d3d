# feedback: smaller of those to the anchor and to the positive
def triplet_loss(anchor, positive, negative, margin):
    near = torch.linalg.vector_norm(anchor - positive, dim=1)
    far = torch.minimum(torch.linalg.vector_norm(anchor - negative, dim=1), torch.linalg.vector_norm(positive - negative, dim=1))
    return (near - far + margin).clamp(min=0).mean()
