def surely_vanishing_rnn(w_hh):
    return torch.linalg.eigvalsh(w_hh.T @ w_hh).max() < 1.0
