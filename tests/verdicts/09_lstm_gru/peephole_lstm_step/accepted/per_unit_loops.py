def peephole_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh, peepholes):
    h, c = state
    H = c.shape[1]
    p_i, p_f, p_o = peepholes.tolist()
    new_h, new_c = torch.zeros(c.shape), torch.zeros(c.shape)
    for k in range(H):
        i, f, g, o = (x @ W_ih[j] + h @ W_hh[j] + b_ih[j] + b_hh[j] for j in (k, H + k, 2 * H + k, 3 * H + k))
        old = c[:, k]
        new = torch.sigmoid(f + p_f[k] * old) * old + torch.sigmoid(i + p_i[k] * old) * torch.tanh(g)
        new_c[:, k] = new
        new_h[:, k] = torch.sigmoid(o + p_o[k] * new) * torch.tanh(new)
    return [new_h, new_c]
