# feedback: the sum of all singular values
def surely_vanishing_rnn(w_hh):
    return bool(torch.linalg.svdvals(w_hh).sum() < 1)
