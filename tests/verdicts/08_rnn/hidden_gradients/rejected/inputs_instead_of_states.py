# feedback: gradients of the inputs
def hidden_gradients(cell, x):
    x = x.clone().requires_grad_()
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    h.sum().backward()
    return x.grad.norm(dim=(0, 2)).flip(0)
