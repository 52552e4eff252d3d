# feedback: changes the parameters
def clip_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.sqrt(sum(p.grad.square().sum() for p in parameters))
    if norm > max_norm:
        for p in parameters:
            p.grad.mul_(max_norm / norm)
            p.data.mul_(max_norm / norm)
    return norm
