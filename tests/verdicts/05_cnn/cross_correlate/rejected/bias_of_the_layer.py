# feedback: off by the same amount
def cross_correlate(image, kernel):
    conv = nn.Conv2d(1, 1, tuple(kernel.shape))
    conv.weight.data = kernel[None, None]
    return conv(image[None])[0]
