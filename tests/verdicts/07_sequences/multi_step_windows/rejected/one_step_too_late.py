# feedback: one step too late
def multi_step_windows(table, length, steps):
    if len(table) == length + steps:
        table = torch.cat([table, table[-1:]])
    targets = table[length + 1 :, 0].unfold(0, steps, 1)
    return table.unfold(0, length, 1)[: len(targets)].movedim(-1, 1), targets
