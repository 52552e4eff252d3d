def surely_vanishing_rnn(w_hh):
    gap = torch.eye(len(w_hh)) - w_hh.T @ w_hh
    return torch.linalg.cholesky_ex(gap).info == 0
