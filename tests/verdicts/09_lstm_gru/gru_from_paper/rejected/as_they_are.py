# feedback: handed over as they are
def gru_from_paper(W, U, b, c):
    made = []
    for tensor in (W, U, b, c):
        z, r, n = tensor.chunk(3)
        made.append(tensor.clone())
    return tuple(made)
