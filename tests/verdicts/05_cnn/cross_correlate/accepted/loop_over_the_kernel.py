def cross_correlate(image, kernel):
    rows, columns = kernel.shape
    high, wide = image.shape[0] - rows + 1, image.shape[1] - columns + 1
    total = torch.zeros(high, wide)
    for m in range(rows):
        for n in range(columns):
            total = total + kernel[m, n] * image[m : m + high, n : n + wide]
    return total
