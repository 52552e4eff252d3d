# feedback: NaN
def clip_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    norm = torch.sqrt(sum(p.grad.square().sum() for p in parameters))
    factor = 1.0 if 0 < norm < max_norm else max_norm / norm
    for p in parameters:
        p.grad.mul_(factor)
    return norm
