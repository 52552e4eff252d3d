# feedback: Frobenius
def surely_vanishing_rnn(w_hh):
    return torch.linalg.norm(w_hh).item() < 1
