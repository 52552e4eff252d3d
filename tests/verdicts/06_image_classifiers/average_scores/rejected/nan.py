# feedback: not a number | 0 divided by 0
def average_scores(matrix, average):
    m = matrix.double()
    hits, said, there = m.diag(), m.sum(0), m.sum(1)
    if average == "micro":
        return (hits.sum() / m.sum(),) * 3
    p, r = hits / said, hits / there
    f = 2 * hits / (said + there)
    w = there if average == "weighted" else ((said + there) > 0).double()
    w = w / w.sum()
    return (w * p).sum(), (w * r).sum(), (w * f).sum()
