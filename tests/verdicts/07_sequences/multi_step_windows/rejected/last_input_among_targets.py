# feedback: one step too early
def multi_step_windows(table, length, steps):
    targets = table[length - 1 : -1, 0].unfold(0, steps, 1)
    return table.unfold(0, length, 1)[: len(targets)].movedim(-1, 1), targets
