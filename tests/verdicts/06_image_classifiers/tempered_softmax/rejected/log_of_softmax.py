# feedback: minus infinity | is 0 in float32
def tempered_softmax(scores, temperature):
    p = (scores / temperature).softmax(dim=1)
    return p, p.log()
