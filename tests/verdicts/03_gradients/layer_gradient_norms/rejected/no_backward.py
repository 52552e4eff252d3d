# feedback: `.grad` is None
def layer_gradient_norms(model, x, y, loss_fn):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    return [m.weight.grad.norm().item() for m in model.modules() if isinstance(m, nn.Linear)]
