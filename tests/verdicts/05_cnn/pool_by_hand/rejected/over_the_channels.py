# feedback: channels are pooled into one
def max_pool(x, kernel_size, stride=None):
    stride = stride or kernel_size
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(1, 4, 5))


def avg_pool(x, kernel_size, stride=None):
    stride = stride or kernel_size
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).mean(dim=(1, 4, 5))
