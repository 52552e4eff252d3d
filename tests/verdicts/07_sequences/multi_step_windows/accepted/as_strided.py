def multi_step_windows(table, length, steps):
    """Inputs (windows, length, features) and column 0 of the next steps (windows, steps)."""
    time, features = table.shape
    down, right = table.stride()
    count = time - length - steps + 1
    begin = table.storage_offset()
    inputs = table.as_strided((count, length, features), (down, down, right), begin)
    targets = table.as_strided((count, steps), (down, down), begin + length * down)
    return inputs.clone(), targets.clone()
