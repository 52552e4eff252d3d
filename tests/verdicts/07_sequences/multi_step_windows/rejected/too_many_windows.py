# feedback: no targets, or not all of them
def multi_step_windows(table, length, steps):
    targets = table[length:, 0].unfold(0, steps, 1)
    return table.unfold(0, length, 1).movedim(-1, 1), targets
