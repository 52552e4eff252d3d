def clip_gradients(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    total = torch.cat([p.grad.flatten() for p in parameters]).norm().item()
    factor = min(1.0, max_norm / (total + 1e-6))
    for p in parameters:
        p.grad = p.grad * factor
    return total
