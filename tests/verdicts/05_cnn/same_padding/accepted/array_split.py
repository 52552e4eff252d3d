def same_padding(kernel_size):
    # np.array_split gives the odd one to the first part: turn the parts around
    larger, smaller = np.array_split(np.zeros(kernel_size - 1), 2)
    return len(smaller), len(larger)
