def triplet_loss(anchor, positive, negative, margin):
    near = torch.linalg.vector_norm(anchor - positive, dim=-1)
    far = torch.linalg.vector_norm(anchor - negative, dim=-1)
    return nn.functional.relu(near - far + margin).mean()
