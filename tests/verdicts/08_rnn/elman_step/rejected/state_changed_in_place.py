# feedback: changed by the call
def elman_step(x, h, w_ih, w_hh, b_ih, b_hh):
    h.copy_(torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh))
    return h
