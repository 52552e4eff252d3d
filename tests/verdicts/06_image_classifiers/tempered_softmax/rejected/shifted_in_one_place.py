# feedback: shifted scores everywhere
def tempered_softmax(scores, temperature):
    z = scores / temperature
    shifted = z - z.max(dim=1, keepdim=True).values
    total = shifted.exp().sum(dim=1, keepdim=True)
    return shifted.exp() / total, z - total.log()
