# feedback: blocks stand in the old order
def gru_from_paper(W, U, b, c):
    made = []
    for tensor in (W, U, b, c):
        z, r, n = tensor.chunk(3)
        made.append(torch.cat([-z, r, n]))
    return tuple(made)
