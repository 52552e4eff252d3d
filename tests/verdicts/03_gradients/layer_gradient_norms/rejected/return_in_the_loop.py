# feedback: a list with
def layer_gradient_norms(model, x, y, loss_fn):
    model.zero_grad()
    loss_fn(model(x), y).backward()
    for m in model.modules():
        if isinstance(m, nn.Linear):
            return m.weight.grad.norm().item()
