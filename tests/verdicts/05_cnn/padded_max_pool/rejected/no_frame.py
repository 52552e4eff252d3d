# feedback: frame is left out
def padded_max_pool(x, kernel_size, stride, padding):
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))
