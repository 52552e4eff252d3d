# feedback: cut off at the wrong side
def coverage_grid(height, width, kernel_size, stride=1, padding=0):
    framed = torch.zeros(height + 2 * padding, width + 2 * padding)
    for top in range(0, framed.shape[0] - kernel_size + 1, stride):
        for left in range(0, framed.shape[1] - kernel_size + 1, stride):
            framed[top : top + kernel_size, left : left + kernel_size] += 1
    return framed[:height, :width]
