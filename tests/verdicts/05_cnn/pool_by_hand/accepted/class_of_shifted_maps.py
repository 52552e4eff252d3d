class Pooling:
    """Combines the k * k shifted and thinned out copies of the image."""

    def __init__(self, combine, finish):
        self.combine, self.finish = combine, finish

    def __call__(self, x, kernel_size, stride=None):
        stride = stride or kernel_size
        height, width = ((side - kernel_size) // stride * stride + 1 for side in x.shape[2:])
        result = None
        for m in range(kernel_size):
            for n in range(kernel_size):
                part = x[:, :, m : m + height : stride, n : n + width : stride]
                result = part.clone() if result is None else self.combine(result, part)
        return self.finish(result, kernel_size)


max_pool = Pooling(torch.maximum, lambda result, k: result)
avg_pool = Pooling(torch.add, lambda result, k: result / k**2)
