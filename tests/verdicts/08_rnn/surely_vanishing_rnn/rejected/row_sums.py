# feedback: sums of rows
def surely_vanishing_rnn(w_hh):
    return w_hh.abs().sum(dim=1).max().item() < 1
