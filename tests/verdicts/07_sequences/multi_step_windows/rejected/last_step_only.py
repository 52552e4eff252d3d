# feedback: only the last of the steps
def multi_step_windows(table, length, steps):
    targets = table[length + steps - 1 :, 0]
    return table.unfold(0, length, 1)[: len(targets)].movedim(-1, 1), targets
