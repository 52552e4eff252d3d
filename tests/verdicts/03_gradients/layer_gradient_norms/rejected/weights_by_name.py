# feedback: batch normalization also has a `weight`
def layer_gradient_norms(model, x, y, loss_fn):
    model.zero_grad()
    loss_fn(model(x), y).backward()
    return [p.grad.norm().item() for name, p in model.named_parameters() if "weight" in name]
