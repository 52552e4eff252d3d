def lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    h, c = (part.clone() for part in state)
    a = torch.addmm(b_ih + b_hh, x, W_ih.T)
    a.addmm_(h, W_hh.T)
    a = a.unflatten(1, (4, -1))
    a[:, [0, 1, 3]] = a[:, [0, 1, 3]].sigmoid()
    a[:, 2] = a[:, 2].tanh()
    c.mul_(a[:, 1]).addcmul_(a[:, 0], a[:, 2])
    torch.mul(a[:, 3], c.tanh(), out=h)
    return h, c
