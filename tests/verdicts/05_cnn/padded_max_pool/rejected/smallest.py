# feedback: smallest pixel is taken
def padded_max_pool(x, kernel_size, stride, padding):
    return -nn.functional.max_pool2d(-x, kernel_size, stride, padding)
