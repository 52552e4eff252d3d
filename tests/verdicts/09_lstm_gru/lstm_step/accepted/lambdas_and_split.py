lstm_step = lambda x, state, W_ih, W_hh, b_ih, b_hh: _finish(
    torch.split(torch.addmm(b_ih, x, W_ih.t()) + torch.addmm(b_hh, state[0], W_hh.t()), state[0].size(1), dim=1), state[1]
)


def _finish(parts, memory):
    i, f, g, o = parts
    memory = memory * f.sigmoid() + g.tanh() * i.sigmoid()
    return o.sigmoid() * memory.tanh(), memory
