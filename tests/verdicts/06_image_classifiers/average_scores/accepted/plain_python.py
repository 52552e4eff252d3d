def average_scores(matrix, average):
    table, k = matrix.tolist(), len(matrix)
    total = sum(map(sum, table))
    hits = [table[i][i] for i in range(k)]
    if average == "micro":
        return [sum(hits) / total] * 3
    sums = [0.0, 0.0, 0.0]
    divisor = 0
    for i in range(k):
        there, said = sum(table[i]), sum(row[i] for row in table)
        if there + said == 0:
            continue
        weight = there if average == "weighted" else 1
        divisor += weight
        for n, value in enumerate((hits[i] / said if said else 0, hits[i] / there if there else 0, 2 * hits[i] / (there + said))):
            sums[n] += weight * value
    return sums[0] / divisor, sums[1] / divisor, sums[2] / divisor
