# feedback: None | autograd has kept none
def hidden_gradients(cell, x):
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    h.sum().backward()
    return [s.grad.norm() for s in reversed(states)]
