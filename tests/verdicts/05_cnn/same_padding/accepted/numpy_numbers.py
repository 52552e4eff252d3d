def same_padding(kernel_size):
    total = np.int64(kernel_size - 1)
    return np.floor(total / 2), np.ceil(total / 2)
