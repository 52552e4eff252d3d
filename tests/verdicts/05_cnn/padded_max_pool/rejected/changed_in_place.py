# feedback: changed by the call
def padded_max_pool(x, kernel_size, stride, padding):
    x[:] = x.clamp(min=-1e30) * 1.0 + 0.5 - 0.25
    x = nn.functional.pad(x, (padding, padding, padding, padding), value=float("-inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5)) - 0.25
