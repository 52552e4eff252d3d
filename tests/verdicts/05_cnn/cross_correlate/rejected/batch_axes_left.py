# feedback: batch and channels are still there
def cross_correlate(image, kernel):
    return nn.functional.conv2d(image[None, None], kernel[None, None])
