# feedback: forget gate on its diagonal
def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    h = (o * torch.tanh(c)).detach()

    def new(c):
        return lstm_step(x[None], (h[None], c[None]), W_ih, W_hh, b_ih, b_hh)[1][0]

    return torch.autograd.functional.jacobian(new, c)
