def padded_max_pool(x, kernel_size, stride, padding):
    # a window that hangs over the edge holds the border pixel itself, so that copies of it change nothing
    x = nn.functional.pad(x, (padding,) * 4, mode="replicate")
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))
