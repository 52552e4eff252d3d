# feedback: every 0 is taken for the frame
def padded_max_pool(x, kernel_size, stride, padding):
    x = nn.functional.pad(x, (padding, padding, padding, padding))
    x[x == 0] = float("-inf")
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))
