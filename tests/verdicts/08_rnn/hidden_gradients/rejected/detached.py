# feedback: chain is cut
def hidden_gradients(cell, x):
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h.detach())
        states.append(h)
    grads = torch.autograd.grad(h.sum(), states, allow_unused=True)
    return [0.0 if g is None else g.norm().item() for g in reversed(grads)]
