# feedback: sigmoid
def surely_vanishing_rnn(w_hh):
    return 0.25 * torch.linalg.matrix_norm(w_hh, 2).item() < 1
