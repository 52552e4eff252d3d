# feedback: blocks stand in the order
def gru_from_paper(W, U, b, c):
    made = []
    for tensor in (W, U, b, c):
        z, r, n = tensor.chunk(3)
        made.append(torch.cat([r, n, -z]))
    return tuple(made)
