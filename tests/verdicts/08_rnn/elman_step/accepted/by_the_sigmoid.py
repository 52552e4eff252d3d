def elman_step(x, h, w_ih, w_hh, b_ih, b_hh):
    s = torch.einsum("bi,hi->bh", x, w_ih).add_(b_ih).add_(torch.einsum("bk,hk->bh", h, w_hh)).add_(b_hh)
    return 2 * torch.sigmoid(2 * s) - 1
