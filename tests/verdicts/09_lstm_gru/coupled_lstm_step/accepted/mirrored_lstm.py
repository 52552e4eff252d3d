def coupled_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    four = []
    for tensor in (W_ih, W_hh, b_ih, b_hh):
        f, g, o = tensor.chunk(3)
        four.append(torch.cat([-f, f, g, o]))
    return lstm_step(x, state, *four)
