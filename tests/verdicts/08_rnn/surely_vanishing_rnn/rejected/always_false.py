# feedback: always the same
def surely_vanishing_rnn(w_hh):
    return False
