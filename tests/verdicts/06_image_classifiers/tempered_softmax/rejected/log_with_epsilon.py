# feedback: wrong values | small number was added
def tempered_softmax(scores, temperature):
    p = (scores / temperature).softmax(dim=1)
    return p, (p + 1e-8).log()
