# feedback: divided by all samples
def scores_per_class(matrix):
    m = matrix.float()
    p = r = m.diag() / m.sum()
    return p, r, (2 * p * r / (p + r)).nan_to_num(0)
