def gru_jacobian(x, h, W_ih, W_hh, b_ih, b_hh):
    step = lambda s: gru_step(x[None], s[None], W_ih, W_hh, b_ih, b_hh)[0]
    columns = [torch.func.jvp(step, (h,), (unit,))[1] for unit in torch.eye(len(h))]
    return torch.stack(columns, dim=-1)
