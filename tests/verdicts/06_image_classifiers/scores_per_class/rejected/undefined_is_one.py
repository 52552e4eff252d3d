# feedback: wrong values | came out as 1
def scores_per_class(matrix):
    m = matrix.float()
    p, r = ((m.diag() / m.sum(d)).nan_to_num(1) for d in (0, 1))
    return p, r, (2 * p * r / (p + r)).nan_to_num(0)
