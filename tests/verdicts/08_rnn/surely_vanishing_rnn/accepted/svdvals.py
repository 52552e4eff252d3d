def surely_vanishing_rnn(w_hh):
    return bool((torch.linalg.svdvals(w_hh) < 1).all())
