def layer_gradient_norms(model, x, y, loss_fn):
    for p in model.parameters():
        p.grad = None
    loss = loss_fn(model(x), y)
    loss.backward()
    norms = []
    for name, module in model.named_modules():
        if type(module).__name__ == "Linear":
            norms.append((module.weight.grad ** 2).sum() ** 0.5)
    return torch.stack(norms)
