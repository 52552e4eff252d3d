cross_correlate = lambda image, kernel: nn.functional.conv2d(image[None, None], kernel[None, None])[0, 0]
