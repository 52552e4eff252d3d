def coupled_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    f, g, o = torch.chunk(nn.functional.linear(x, W_ih, b_ih) + nn.functional.linear(state[0], W_hh, b_hh), 3, -1)
    c = torch.lerp(g.tanh(), state[1], f.sigmoid())
    return o.sigmoid() * c.tanh(), c
