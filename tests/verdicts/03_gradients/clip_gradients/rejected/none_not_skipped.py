# feedback: gradient None
def clip_gradients(parameters, max_norm):
    parameters = list(parameters)
    norm = torch.sqrt(sum(p.grad.square().sum() for p in parameters))
    if norm > max_norm:
        for p in parameters:
            p.grad.mul_(max_norm / norm)
    return norm
