# feedback: differ
def layer_gradient_norms(model, x, y, loss_fn):
    model.zero_grad()
    loss_fn(model(x), y).backward()
    return [round(m.weight.grad.norm().item(), 2) for m in model.modules() if isinstance(m, nn.Linear)]
