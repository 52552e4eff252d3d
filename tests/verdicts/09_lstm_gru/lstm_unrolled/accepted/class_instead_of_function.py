class lstm_unrolled:
    def __new__(cls, x, W_ih, W_hh, b_ih, b_hh, state=None):
        state = tuple(torch.zeros(1, x.shape[0], W_hh.shape[1]) for _ in "hc") if state is None else state
        pair, seen = (state[0][0], state[1][0]), []
        for t in range(x.shape[1]):
            pair = lstm_step(x[:, t], pair, W_ih, W_hh, b_ih, b_hh)
            seen += [pair[0].unsqueeze(1)]
        return torch.cat(seen, dim=1), tuple(part.unsqueeze(0) for part in pair)
