# feedback: weights of the model are changed
def layer_gradient_norms(model, x, y, loss_fn):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    optimizer.step()
    return [m.weight.grad.norm().item() for m in model.modules() if isinstance(m, nn.Linear)]
