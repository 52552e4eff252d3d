def peephole_lstm_step(x, state, W_ih, W_hh, b_ih, b_hh, peepholes):
    h, c = state
    z = torch.cat([x, h], 1) @ torch.cat([W_ih, W_hh], 1).T + (b_ih + b_hh)
    i, f, g, o = z.unflatten(1, (4, -1)).unbind(1)
    i = torch.sigmoid(torch.addcmul(i, peepholes[0].expand_as(c), c))
    f = torch.sigmoid(f + c @ torch.diag(peepholes[1]))
    memory = f * c + i * torch.tanh(g)
    return torch.sigmoid(o + torch.einsum("h,bh->bh", peepholes[2], memory)) * torch.tanh(memory), memory
