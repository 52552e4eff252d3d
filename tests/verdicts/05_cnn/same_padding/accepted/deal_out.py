def same_padding(kernel_size):
    zeros = {"after": 0, "before": 0}
    for number in range(kernel_size - 1):
        zeros["before" if number % 2 else "after"] += 1
    return tuple(zeros[side] for side in ("before", "after"))
