# feedback: one step too many
def hidden_gradients(cell, x):
    h = torch.zeros(x.shape[0], cell.hidden_size, requires_grad=True)
    states = [h]
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    grads = torch.autograd.grad(h.sum(), states)
    return torch.stack([g.norm() for g in reversed(grads)])
