# feedback: in the order of time
def hidden_gradients(cell, x):
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    return torch.stack([g.norm() for g in torch.autograd.grad(h.sum(), states)])
