def gru_step(x, h, W_ih, W_hh, b_ih, b_hh):
    H = h.shape[-1]

    @torch.vmap
    def single(x, h):
        u, v = W_ih.mv(x) + b_ih, W_hh.mv(h) + b_hh
        reset, update = torch.sigmoid((u + v)[: 2 * H]).reshape(2, H)
        candidate = torch.tanh(u[2 * H :] + reset * v[2 * H :])
        return candidate - update * (candidate - h)

    return single(x, h)
