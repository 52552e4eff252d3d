# feedback: True or False
def surely_vanishing_rnn(w_hh):
    return torch.linalg.svdvals(w_hh) < 1
