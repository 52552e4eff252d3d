def multi_step_windows(table, length, steps):
    whole = table.unfold(0, length + steps, 1).transpose(1, 2)
    return whole[:, :length], whole[:, length:, 0]
