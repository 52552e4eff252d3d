# feedback: the last window is missing
def multi_step_windows(table, length, steps):
    inputs, targets = [], []
    for i in range(max(1, len(table) - length - steps)):
        inputs.append(table[i : i + length])
        targets.append(table[i + length : i + length + steps, 0])
    return torch.stack(inputs), torch.stack(targets)
