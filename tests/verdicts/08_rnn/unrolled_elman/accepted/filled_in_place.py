def unrolled_elman(x, h0, w_ih, w_hh, b_ih, b_hh):
    outputs = torch.empty(x.shape[0], x.shape[1], len(b_ih))
    h = h0
    for t, step in enumerate(x.unbind(dim=1)):
        h = nn.functional.linear(step, w_ih, b_ih).add(nn.functional.linear(h, w_hh, b_hh)).tanh_()
        outputs[:, t] = h
    return outputs, outputs[:, -1]
