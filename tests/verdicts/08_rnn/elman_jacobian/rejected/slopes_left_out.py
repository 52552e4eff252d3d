# feedback: slope of the tanh is left out
def elman_jacobian(states, w_hh):
    return torch.linalg.matrix_power(w_hh, len(states))
