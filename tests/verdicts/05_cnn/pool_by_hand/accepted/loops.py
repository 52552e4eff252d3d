def slide(x, kernel_size, stride, reduce):
    stride = kernel_size if stride is None else stride
    high = (x.size(2) - kernel_size) // stride + 1
    wide = (x.size(3) - kernel_size) // stride + 1
    rows = []
    for i in range(high):
        row = []
        for j in range(wide):
            row.append(reduce(x[:, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]))
        rows.append(torch.stack(row, dim=-1))
    return torch.stack(rows, dim=-2)


def max_pool(x, kernel_size, stride=None):
    return slide(x, kernel_size, stride, lambda window: window.amax(dim=(-1, -2)))


def avg_pool(x, kernel_size, stride=None):
    return slide(x, kernel_size, stride, lambda window: window.sum(dim=(-1, -2)) / kernel_size**2)
