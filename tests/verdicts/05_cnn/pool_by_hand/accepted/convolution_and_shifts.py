def starts(n, k, s):
    return torch.arange(0, n - k + 1, s)


def shifted(x, k, s):
    s = s or k
    rows, columns = starts(x.shape[2], k, s), starts(x.shape[3], k, s)
    return [x[:, :, rows + m][:, :, :, columns + n] for m in range(k) for n in range(k)]


def max_pool(x, kernel_size, stride=None):
    parts = shifted(x, kernel_size, stride)
    result = parts[0]
    for part in parts[1:]:
        result = torch.maximum(result, part)
    return result


def avg_pool(x, kernel_size, stride=None):
    channels = x.shape[1]
    window = torch.full((channels, 1, kernel_size, kernel_size), 1 / kernel_size**2)
    return nn.functional.conv2d(x, window, stride=stride or kernel_size, groups=channels)
