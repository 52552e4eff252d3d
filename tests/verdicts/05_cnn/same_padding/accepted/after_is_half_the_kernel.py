same_padding = lambda kernel_size: ((kernel_size - 1) // 2, kernel_size // 2)
