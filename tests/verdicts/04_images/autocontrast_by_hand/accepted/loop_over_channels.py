def autocontrast(image):
    result = image.clone()
    for channel in result:
        low, high = channel.min().item(), channel.max().item()
        if high > low:
            channel.sub_(low).div_(high - low)
    return result
