# feedback: targets hold all features
def multi_step_windows(table, length, steps):
    count = len(table) - length - steps + 1
    inputs = torch.stack([table[i : i + length] for i in range(count)])
    return inputs, torch.stack([table[i + length : i + length + steps] for i in range(count)])
