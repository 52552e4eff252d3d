def average_scores(matrix, average):
    m = matrix.numpy().astype(float)
    if average == "micro":
        share = np.trace(m) / m.sum()
        return share, share, share
    rows, columns, hits = m.sum(axis=1), m.sum(axis=0), np.diag(m)
    keep = rows + columns > 0
    with np.errstate(all="ignore"):
        scores = np.nan_to_num([hits / columns, hits / rows, 2 * hits / (rows + columns)])[:, keep]
    if average == "macro":
        return tuple(scores.mean(axis=1).tolist())
    return tuple(np.average(scores, axis=1, weights=rows[keep]).tolist())
