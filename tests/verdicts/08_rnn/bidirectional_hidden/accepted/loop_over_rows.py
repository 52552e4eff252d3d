def bidirectional_hidden(outputs, lengths):
    half = outputs.shape[-1] // 2
    rows = []
    for row, n in zip(outputs, lengths):
        rows.append(torch.hstack([row[int(n) - 1, :half], row[0, half:]]))
    return torch.stack(rows)
