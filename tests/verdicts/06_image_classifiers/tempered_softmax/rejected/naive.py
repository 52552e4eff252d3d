# feedback: overflowed
def tempered_softmax(scores, temperature):
    e = (scores / temperature).exp()
    p = e / e.sum(dim=1, keepdim=True)
    return p, p.log()
