def cross_correlate(image, kernel):
    out_h = image.shape[0] - kernel.shape[0] + 1
    out_w = image.shape[1] - kernel.shape[1] + 1
    return sum(
        weight * image[m : m + out_h, n : n + out_w]
        for m, line in enumerate(kernel)
        for n, weight in enumerate(line)
    )
