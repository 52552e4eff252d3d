# feedback: 0 divided by 0 | largest score of the whole batch
def tempered_softmax(scores, temperature):
    z = scores / temperature
    z = z - z.max()
    e = z.exp()
    total = e.sum(dim=1, keepdim=True)
    return e / total, z - total.log()
