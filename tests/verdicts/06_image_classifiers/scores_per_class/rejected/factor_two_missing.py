# feedback: factor 2
def scores_per_class(matrix):
    m = matrix.float()
    p, r = (m.diag() / m.sum(d).clamp(min=1) for d in (0, 1))
    return p, r, (p * r / (p + r)).nan_to_num(0)
