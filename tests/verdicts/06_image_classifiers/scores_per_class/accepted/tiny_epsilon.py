def scores_per_class(matrix):
    m = matrix.to(torch.float64)
    precision, recall = (m.diag() / (m.sum(d) + 1e-12) for d in (0, 1))
    f1 = 2 / (1 / (precision + 1e-15) + 1 / (recall + 1e-15))
    return precision.float(), recall.float(), f1.float()
