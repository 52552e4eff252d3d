# feedback: float32
def scores_per_class(matrix):
    p, r = (matrix.diag() // matrix.sum(d).clamp(min=1) for d in (0, 1))
    return p, r, p * r
