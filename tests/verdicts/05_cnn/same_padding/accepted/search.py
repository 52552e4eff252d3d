def same_padding(kernel_size):
    before = after = 0
    while 10 + before + after - kernel_size + 1 != 10:
        if after > before:
            before += 1
        else:
            after += 1
    return before, after
