def hidden_gradients(cell, x):
    h = torch.zeros(len(x), cell.hidden_size)
    states = []
    for step in x.transpose(0, 1):
        states.append(h := cell(step, h))
    return tuple(torch.autograd.grad(h.sum(), s, retain_graph=True)[0].norm().item() for s in reversed(states))
