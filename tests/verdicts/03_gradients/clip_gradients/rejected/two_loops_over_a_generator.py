# feedback: generator
def clip_gradients(parameters, max_norm):
    norm = torch.sqrt(sum(p.grad.square().sum() for p in parameters if p.grad is not None))
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad.mul_(max_norm / norm)
    return norm
