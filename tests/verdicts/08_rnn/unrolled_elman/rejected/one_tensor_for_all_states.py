# feedback: every stored state is the last one | in place
def unrolled_elman(x, h0, w_ih, w_hh, b_ih, b_hh):
    h = h0.clone()
    states = []
    for t in range(x.shape[1]):
        h[:] = elman_step(x[:, t], h, w_ih, w_hh, b_ih, b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h
