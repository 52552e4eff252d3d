# feedback: determinant
def surely_vanishing_rnn(w_hh):
    return abs(torch.linalg.det(w_hh).item()) < 1
