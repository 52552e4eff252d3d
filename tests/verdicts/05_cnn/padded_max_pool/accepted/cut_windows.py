def padded_max_pool(x, kernel_size, stride, padding):
    height, width = x.shape[2:]
    rows = []
    for top in range(-padding, height + padding - kernel_size + 1, stride):
        row = []
        for left in range(-padding, width + padding - kernel_size + 1, stride):
            part = x[:, :, max(top, 0) : top + kernel_size, max(left, 0) : left + kernel_size]
            row.append(part.amax(dim=(2, 3)))
        rows.append(torch.stack(row, dim=2))
    return torch.stack(rows, dim=2)
