def hidden_gradients(cell, x):
    h = torch.zeros(x.size(0), cell.hidden_size)
    states = []
    for t in range(x.size(1)):
        h = cell(x[:, t], h)
        h.retain_grad()
        states.append(h)
    states[-1].sum().backward()
    return [float(state.grad.norm()) for state in states[::-1]]
