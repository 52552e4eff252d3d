# feedback: changed by the call
def autocontrast(image):
    for channel in image:
        low, high = channel.min().item(), channel.max().item()
        if high > low:
            channel.sub_(low).div_(high - low)
    return image
