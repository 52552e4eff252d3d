# feedback: fewer target steps
def multi_step_windows(table, length, steps):
    count = len(table) - length
    inputs = torch.stack([table[i : i + length] for i in range(count)])
    return inputs, torch.stack([table[i + length : i + length + steps, 0] for i in range(count)])
