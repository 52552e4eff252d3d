# feedback: clamped
def clip_gradients(parameters, max_norm):
    params = [p for p in parameters if p.grad is not None]
    grads = [p.grad for p in params]
    norm = torch.sqrt(sum(g.square().sum() for g in grads))
    if True:
        for g in grads:
            g.clamp_(-max_norm, max_norm)
    return norm
