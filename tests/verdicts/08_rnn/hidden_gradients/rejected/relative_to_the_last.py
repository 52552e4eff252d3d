# feedback: divided by the one at the last state
def hidden_gradients(cell, x):
    h, states = torch.zeros(len(x), cell.hidden_size), []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        h.retain_grad()
        states.append(h)
    h.sum().backward()
    norms = torch.tensor([s.grad.norm() for s in reversed(states)])
    return norms / norms[0]
