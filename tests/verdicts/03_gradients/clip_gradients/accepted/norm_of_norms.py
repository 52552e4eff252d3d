def clip_gradients(parameters, max_norm):
    grads = []
    for p in parameters:
        if p.grad is not None:
            grads.append(p.grad)
    total = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in grads]))
    clip = (max_norm / (total + 1e-6)).clamp(max=1.0)
    torch._foreach_mul_(grads, clip)
    return total
