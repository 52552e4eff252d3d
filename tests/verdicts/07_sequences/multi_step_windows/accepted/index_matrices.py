def multi_step_windows(table, length, steps):
    starts = torch.arange(table.shape[0] - length - steps + 1).unsqueeze(1)
    ahead = starts + length + torch.arange(steps)
    return table[starts + torch.arange(length)], table[ahead][:, :, 0]
