# feedback: first feature only
def multi_step_windows(table, length, steps):
    column = table[:, 0]
    targets = column[length:].unfold(0, steps, 1)
    return column.unfold(0, length, 1)[: len(targets)], targets
