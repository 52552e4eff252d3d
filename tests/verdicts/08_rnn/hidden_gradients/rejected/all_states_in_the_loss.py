# feedback: sum of all hidden states
def hidden_gradients(cell, x):
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    grads = torch.autograd.grad(torch.stack(states).sum(), states)
    return torch.stack([g.norm() for g in reversed(grads)])
