# feedback: bias is counted too
def layer_gradient_norms(model, x, y, loss_fn):
    model.zero_grad()
    loss_fn(model(x), y).backward()
    return [torch.cat([m.weight.grad.flatten(), m.bias.grad]).norm().item() for m in model.modules() if isinstance(m, nn.Linear)]
