# feedback: exchanged
def scores_per_class(matrix):
    m = matrix.float()
    r, p = (m.diag() / m.sum(d).clamp(min=1) for d in (0, 1))
    return p, r, (2 * p * r / (p + r)).nan_to_num(0)
