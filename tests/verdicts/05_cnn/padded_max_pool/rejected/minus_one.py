# feedback: frame holds a number that some pixels are smaller than
def padded_max_pool(x, kernel_size, stride, padding):
    x = nn.functional.pad(x, (padding, padding, padding, padding), value=-1)
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))
