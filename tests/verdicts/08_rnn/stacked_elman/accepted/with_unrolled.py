def stacked_elman(x, layers, h0=None):
    ends = []
    for k, weights in enumerate(layers):
        hidden = weights[1].shape[0]
        start = torch.zeros(len(x), hidden, dtype=x.dtype, device=x.device) if h0 is None else h0[k]
        h, states = start, []
        for step in x.unbind(1):
            h = torch.tanh(nn.functional.linear(step, weights[0], weights[2]) + nn.functional.linear(h, weights[1], weights[3]))
            states += [h]
        x = torch.stack(states, 1)
        ends += [h]
    return x, torch.stack(ends)
