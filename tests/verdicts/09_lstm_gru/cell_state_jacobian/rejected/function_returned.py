# feedback: should be
def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    h = o * torch.tanh(c)
    return lambda c: torch.autograd.functional.jacobian(h, c)
