# feedback: patch and kernel have different sizes
def cross_correlate(image, kernel):
    h, w = image.shape
    out = torch.zeros(h - 2, w - 2)
    for i in range(h - 2):
        for j in range(w - 2):
            out[i, j] = torch.sum(image[i : i + 3, j : j + 3] * kernel)
    return out
