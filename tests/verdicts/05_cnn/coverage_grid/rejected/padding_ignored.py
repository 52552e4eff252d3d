# feedback: padding is not used
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    grid = torch.zeros(height, width)
    for top in range(0, height - kernel_size + 1, stride):
        for left in range(0, width - kernel_size + 1, stride):
            grid[top : top + kernel_size, left : left + kernel_size] += 1
    return grid
