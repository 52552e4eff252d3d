def peephole_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh, peepholes):
    old_h, old_c = state
    H = old_c.shape[1]
    sums = nn.functional.linear(x, W_ih, b_ih) + nn.functional.linear(old_h, W_hh, b_hh)

    def gate(k, p, look):
        return (sums[:, k * H : (k + 1) * H] + peepholes[p] * look).sigmoid()

    c = gate(1, 1, old_c) * old_c + gate(0, 0, old_c) * sums[:, 2 * H : 3 * H].tanh()
    return gate(3, 2, c) * c.tanh(), c
