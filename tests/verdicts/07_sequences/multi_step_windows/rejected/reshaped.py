# feedback: `reshape` gives the right shape but mixes
def multi_step_windows(table, length, steps):
    targets = table[length:, 0].unfold(0, steps, 1)
    inputs = table.unfold(0, length, 1)[: len(targets)]
    return inputs.reshape(len(inputs), length, table.shape[1]), targets
