def cross_correlate(image, kernel):
    a, k = image.tolist(), kernel.tolist()
    out = []
    for i in range(len(a) - len(k) + 1):
        row = []
        for j in range(len(a[0]) - len(k[0]) + 1):
            row.append(sum(a[i + m][j + n] * k[m][n] for m in range(len(k)) for n in range(len(k[0]))))
        out.append(row)
    return torch.tensor(out)
