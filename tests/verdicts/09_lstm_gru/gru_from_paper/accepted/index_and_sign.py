def gru_from_paper(W, U, b, c):
    H = U.shape[1]
    order = torch.cat([torch.arange(H, 2 * H), torch.arange(H), torch.arange(2 * H, 3 * H)])
    sign = torch.ones(3 * H)
    sign[H : 2 * H] = -1
    return W[order] * sign[:, None], U[order] * sign[:, None], b[order] * sign, c[order] * sign
