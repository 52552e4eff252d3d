# feedback: 4 values
def gru_from_paper(W, U, b, c):
    made = []
    for tensor in (W, U, b):
        z, r, n = tensor.chunk(3)
        made.append(torch.cat([r, -z, n]))
    return tuple(made)
