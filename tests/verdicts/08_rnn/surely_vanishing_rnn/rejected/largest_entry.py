# feedback: single entries
def surely_vanishing_rnn(w_hh):
    return w_hh.abs().max().item() < 1
