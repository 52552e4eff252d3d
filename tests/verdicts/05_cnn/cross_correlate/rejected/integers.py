# feedback: wrong dtype
def cross_correlate(image, kernel):
    h, w = kernel.shape
    return (image.unfold(0, h, 1).unfold(1, w, 1) * kernel).sum((-1, -2)).int()
