# feedback: smallest singular value
def surely_vanishing_rnn(w_hh):
    return torch.linalg.svdvals(w_hh).min().item() < 1
