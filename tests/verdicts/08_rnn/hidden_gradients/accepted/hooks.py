def hidden_gradients(cell, x):
    seen = []
    h = x.new_zeros(len(x), cell.hidden_size)
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        h.register_hook(lambda g: seen.append(g.pow(2).sum().sqrt()))
    h.sum().backward()
    return torch.stack(seen)
