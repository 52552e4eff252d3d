# feedback: frame of zeros wins
def padded_max_pool(x, kernel_size, stride, padding):
    x = nn.functional.pad(x, (padding, padding, padding, padding))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))
