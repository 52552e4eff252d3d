# feedback: eigenvalues
def surely_vanishing_rnn(w_hh):
    return torch.linalg.eigvals(w_hh).abs().max().item() < 1
