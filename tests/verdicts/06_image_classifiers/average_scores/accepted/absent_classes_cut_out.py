def average_scores(matrix, average):
    keep = (matrix.sum(0) + matrix.sum(1)) > 0
    matrix = matrix[keep][:, keep]
    h, c, r = matrix.diag().float(), matrix.sum(0).clamp_min(1), matrix.sum(1)
    triple = h / c, h / r.clamp_min(1), 2 * h / (matrix.sum(0) + r)
    if average == "micro":
        return tuple(h.sum() / matrix.sum() for _ in range(3))
    if average == "macro":
        return tuple(t.mean() for t in triple)
    return tuple((t * r).sum() / r.sum() for t in triple)
