def multi_step_windows(table, length, steps):
    count = len(table) - length - steps + 1
    inputs, _ = electricity.windows(table, length, steps)
    columns = [electricity.windows(table[:, 0], length, h)[1][:count] for h in range(1, steps + 1)]
    return inputs.contiguous(), torch.stack(columns, dim=-1)
