def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    counts = []
    for side in (height, width):
        starts = np.arange(0, side + 2 * padding - kernel_size + 1, stride)[:, None]
        where = np.arange(side)[None, :] + padding
        counts.append(((starts <= where) & (where < starts + kernel_size)).sum(axis=0))
    return torch.tensor(counts[0][:, None] * counts[1][None, :], dtype=torch.int32)
