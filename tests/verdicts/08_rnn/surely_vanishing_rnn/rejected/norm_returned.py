# feedback: True or False
def surely_vanishing_rnn(w_hh):
    return torch.linalg.matrix_norm(w_hh, 2).item()
