# feedback: signed eigenvalues
def surely_vanishing_rnn(w_hh):
    return torch.linalg.eigvals(w_hh).real.max().item() < 1
