def stacked_elman(x, layers, h0=None):
    depth, hidden = len(layers), layers[0][2].numel()
    state = list(h0) if h0 is not None else [x.new_zeros(x.size(0), hidden) for _ in range(depth)]
    top = []
    for t in range(x.size(1)):
        signal = x[:, t]
        for k, (a, b, c, d) in enumerate(layers):
            state[k] = torch.tanh(signal @ a.T + state[k] @ b.T + c + d)
            signal = state[k]
        top.append(signal)
    return torch.stack(top, dim=1), torch.stack(state, dim=0)
