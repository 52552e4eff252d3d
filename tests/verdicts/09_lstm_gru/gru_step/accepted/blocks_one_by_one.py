def gru_step(x, h, W_ih, W_hh, b_ih, b_hh):
    n = W_hh.size(1)
    lin = nn.functional.linear
    reset = torch.sigmoid(lin(x, W_ih[:n], b_ih[:n]) + lin(h, W_hh[:n], b_hh[:n]))
    update = torch.sigmoid(lin(x, W_ih[n:-n], b_ih[n:-n]) + lin(h, W_hh[n:-n], b_hh[n:-n]))
    fresh = torch.tanh(lin(x, W_ih[-n:], b_ih[-n:]) + reset * lin(h, W_hh[-n:], b_hh[-n:]))
    return fresh + update * (h - fresh)
