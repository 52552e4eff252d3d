def layer_gradient_norms(model, x, y, loss_fn):
    weights = [m.weight for m in model.modules() if isinstance(m, nn.Linear)]
    grads = torch.autograd.grad(loss_fn(model(x), y), weights)
    return tuple(torch.linalg.vector_norm(g) for g in grads)
