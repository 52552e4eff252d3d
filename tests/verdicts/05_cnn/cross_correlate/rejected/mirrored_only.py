# feedback: mirrored left to right
def cross_correlate(image, kernel):
    return nn.functional.conv2d(image[None, None], kernel.flip(1)[None, None])[0, 0]
