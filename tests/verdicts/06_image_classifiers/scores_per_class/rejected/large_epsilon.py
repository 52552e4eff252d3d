# feedback: wrong values | added to the divisor
def scores_per_class(matrix):
    m = matrix.float()
    p, r = (m.diag() / (m.sum(d) + 0.1) for d in (0, 1))
    return p, r, 2 * p * r / (p + r + 1e-9)
