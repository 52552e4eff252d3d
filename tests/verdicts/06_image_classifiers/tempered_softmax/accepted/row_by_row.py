def tempered_softmax(scores, temperature):
    rows = []
    for row in scores:
        top = max(row.tolist())
        shifted = [(value - top) / temperature for value in row.tolist()]
        total = math.log(sum(math.exp(value) for value in shifted))
        rows.append([value - total for value in shifted])
    logs = torch.tensor(rows)
    return logs.exp(), logs
