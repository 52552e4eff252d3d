# feedback: sign is not turned in bias_ih, bias_hh
def gru_from_paper(W, U, b, c):
    made = []
    for tensor in (W, U, b, c):
        z, r, n = tensor.chunk(3)
        made.append(torch.cat([r, -z if tensor.ndim == 2 else z, n]))
    return tuple(made)
