# feedback: biases are in the list
def layer_gradient_norms(model, x, y, loss_fn):
    model.zero_grad()
    loss_fn(model(x), y).backward()
    return [p.grad.norm().item() for p in model.parameters()]
