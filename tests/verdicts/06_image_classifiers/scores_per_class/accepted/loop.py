def scores_per_class(matrix):
    ps, rs, fs = [], [], []
    for k in range(len(matrix)):
        hit = matrix[k, k].item()
        wrongly_said = sum(matrix[i, k].item() for i in range(len(matrix)) if i != k)
        missed = sum(matrix[k, j].item() for j in range(len(matrix)) if j != k)
        ps.append(hit / (hit + wrongly_said) if hit + wrongly_said else 0.0)
        rs.append(hit / (hit + missed) if hit + missed else 0.0)
        fs.append(2 * ps[-1] * rs[-1] / (ps[-1] + rs[-1]) if ps[-1] + rs[-1] else 0.0)
    return torch.tensor(ps), torch.tensor(rs), torch.tensor(fs)
