# feedback: is wrong | number of classes
def average_scores(matrix, average):
    m = matrix.double()
    hits, said, there = m.diag(), m.sum(0), m.sum(1)
    if average == "micro":
        return (hits.sum() / m.sum(),) * 3
    p, r = hits / said.clamp(min=1), hits / there.clamp(min=1)
    f = 2 * hits / (said + there).clamp(min=1)
    w = there if average == "weighted" else ((said + there) > 0).double()
    w = w / len(w)
    return (w * p).sum(), (w * r).sum(), (w * f).sum()
