# feedback: root is missing
def hidden_gradients(cell, x):
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    grads = torch.autograd.grad(h.sum(), states)
    return torch.stack([g.square().sum() for g in reversed(grads)])
