# feedback: without the old output gate
def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    def new_cell(c):
        i, f, g, _ = (W_ih @ x + b_ih + W_hh @ torch.tanh(c) + b_hh).chunk(4)
        return torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)

    return torch.autograd.functional.jacobian(new_cell, c)
