elman_step = lambda x, h, w_ih, w_hh, b_ih, b_hh: (
    torch.einsum("bi,hi->bh", x, w_ih) + torch.einsum("bk,hk->bh", h, w_hh) + (b_ih + b_hh)
).tanh()
