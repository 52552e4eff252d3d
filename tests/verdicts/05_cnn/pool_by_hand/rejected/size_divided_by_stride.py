# feedback: as if windows never overlapped
def places(x, k, stride):
    stride = stride or k
    return x.shape[2] // stride, x.shape[3] // stride, stride


def max_pool(x, kernel_size, stride=None):
    high, wide, step = places(x, kernel_size, stride)
    out = torch.empty(x.shape[0], x.shape[1], high, wide)
    for i in range(high):
        for j in range(wide):
            out[:, :, i, j] = x[:, :, i * step : i * step + kernel_size, j * step : j * step + kernel_size].amax(dim=(2, 3))
    return out


def avg_pool(x, kernel_size, stride=None):
    high, wide, step = places(x, kernel_size, stride)
    out = torch.empty(x.shape[0], x.shape[1], high, wide)
    for i in range(high):
        for j in range(wide):
            out[:, :, i, j] = x[:, :, i * step : i * step + kernel_size, j * step : j * step + kernel_size].mean(dim=(2, 3))
    return out
