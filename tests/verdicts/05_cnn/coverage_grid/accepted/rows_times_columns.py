def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    def axis(n):
        count = torch.zeros(n + 2 * padding)
        for left in range(0, n + 2 * padding - kernel_size + 1, stride):
            count[left : left + kernel_size] += 1
        return count[padding : padding + n]

    return torch.outer(axis(height), axis(width))
