def gru_from_paper(W, U, b, c):
    H = len(b) // 3
    weight_ih, weight_hh, bias_ih, bias_hh = (torch.empty_like(t) for t in (W, U, b, c))
    for new, old in ((weight_ih, W), (weight_hh, U), (bias_ih, b), (bias_hh, c)):
        new[:H], new[H : 2 * H], new[2 * H :] = old[H : 2 * H], -old[:H], old[2 * H :]
    bias_ih[: 2 * H] += bias_hh[: 2 * H]
    bias_hh[: 2 * H] = 0
    return weight_ih, weight_hh, bias_ih, bias_hh
