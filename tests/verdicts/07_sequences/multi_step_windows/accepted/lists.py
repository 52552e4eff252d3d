def multi_step_windows(table, length, steps):
    rows = table.tolist()
    inputs, targets = [], []
    start = 0
    while start + length + steps <= len(rows):
        inputs.append(rows[start : start + length])
        targets.append([row[0] for row in rows[start + length : start + length + steps]])
        start += 1
    return torch.tensor(inputs, dtype=torch.float32), torch.tensor(targets, dtype=torch.float32)
