def multi_step_windows(table, length, steps):
    inputs, targets = [], []
    for now in range(length, len(table) - steps + 1):
        inputs.append(table[now - length : now])
        targets.append(table[now : now + steps, 0])
    return torch.stack(inputs), torch.stack(targets)
