# feedback: older gradient is counted
def layer_gradient_norms(model, x, y, loss_fn):
    loss_fn(model(x), y).backward()
    return [m.weight.grad.norm().item() for m in model.modules() if isinstance(m, nn.Linear)]
