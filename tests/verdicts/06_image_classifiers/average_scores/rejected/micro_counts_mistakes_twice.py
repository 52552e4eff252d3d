# feedback: counts twice
def average_scores(matrix, average):
    h, c, r = matrix.diag().float(), matrix.sum(0), matrix.sum(1)
    s = torch.stack([h / c.clamp(min=1), h / r.clamp(min=1), 2 * h / (c + r).clamp(min=1)])
    if average == "micro":
        tp, fp, fn = h.sum(), (c - h).sum(), (r - h).sum()
        a = tp / (tp + fp + fn)
        return a, a, a
    if average == "macro":
        return tuple(s[:, (c + r) > 0].mean(dim=1))
    return tuple((s * r).sum(dim=1) / r.sum())
