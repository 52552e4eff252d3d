def gru_jacobian(x, h, W_ih, W_hh, b_ih, b_hh):
    return torch.autograd.functional.jacobian(lambda old: gru_step(x[None], old[None], W_ih, W_hh, b_ih, b_hh)[0], h)
