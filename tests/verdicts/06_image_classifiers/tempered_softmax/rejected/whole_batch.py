# feedback: sum runs over the whole batch
def tempered_softmax(scores, temperature):
    z = scores / temperature
    z = z - z.max()
    total = z.exp().sum()
    return z.exp() / total, z - total.log()
