# feedback: true negatives
def scores_per_class(matrix):
    m = matrix.float()
    p = r = (m.sum() - m.sum(0) - m.sum(1) + 2 * m.diag()) / m.sum()
    return p, r, p
