# feedback: not a number | 0 where the divisor is 0
def scores_per_class(matrix):
    m = matrix.float()
    p, r = (m.diag() / m.sum(d) for d in (0, 1))
    return p, r, 2 * p * r / (p + r)
