# feedback: dict
def average_scores(matrix, average):
    m = matrix.double()
    hits, said, there = m.diag(), m.sum(0), m.sum(1)
    if average == "micro":
        return dict.fromkeys(("precision", "recall", "f1"), hits.sum() / m.sum())
    p, r = hits / said.clamp(min=1), hits / there.clamp(min=1)
    f = 2 * hits / (said + there).clamp(min=1)
    w = there if average == "weighted" else ((said + there) > 0).double()
    w = w / w.sum()
    return {"precision": (w * p).sum(), "recall": (w * r).sum(), "f1": (w * f).sum()}
