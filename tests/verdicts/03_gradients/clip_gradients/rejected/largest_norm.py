# feedback: only the largest
def clip_gradients(parameters, max_norm):
    params = [p for p in parameters if p.grad is not None]
    grads = [p.grad for p in params]
    norm = max(g.norm() for g in grads)
    if norm > max_norm:
        for g in grads:
            g.mul_(max_norm / norm)
    return norm
