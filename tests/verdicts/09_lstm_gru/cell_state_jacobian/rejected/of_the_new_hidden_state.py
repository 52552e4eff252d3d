# feedback: derivative of the new hidden state
def cell_state_jacobian(x, o, c, W_ih, W_hh, b_ih, b_hh):
    def new_hidden(c):
        i, f, g, q = (W_ih @ x + b_ih + W_hh @ (o * torch.tanh(c)) + b_hh).chunk(4)
        return torch.sigmoid(q) * torch.tanh(torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g))

    return torch.autograd.functional.jacobian(new_hidden, c)
