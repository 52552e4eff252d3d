def surely_vanishing_rnn(w_hh):
    _, s, _ = torch.svd(w_hh)
    return not s[0] >= 1
