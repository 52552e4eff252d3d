def scores_per_class(matrix):
    m = matrix.float()
    p = (m.diag() / m.sum(0)).nan_to_num(0)
    r = (m.diag() / m.sum(1)).nan_to_num(0)
    return p, r, (2 * p * r / (p + r)).nan_to_num(0)
