def lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    h, c = state
    H = h.shape[-1]
    parts = []
    for k in range(4):
        rows = slice(k * H, (k + 1) * H)
        parts.append(nn.functional.linear(x, W_ih[rows], b_ih[rows]) + nn.functional.linear(h, W_hh[rows], b_hh[rows]))
    gates = [torch.sigmoid(parts[0]), parts[1].sigmoid(), parts[2].tanh(), parts[3].sigmoid()]
    new = torch.mul(gates[1], c).add(gates[0] * gates[2])
    return [gates[3].mul(new.tanh()), new]
