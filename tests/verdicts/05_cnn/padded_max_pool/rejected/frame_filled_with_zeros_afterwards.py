# feedback: frame of zeros wins
def padded_max_pool(x, kernel_size, stride, padding):
    x = nn.functional.pad(x, (padding, padding, padding, padding), value=float("-inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).nan_to_num(neginf=0.0).amax(dim=(4, 5))
