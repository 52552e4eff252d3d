# feedback: go up to 255
def autocontrast(image):
    low, high = image.amin(dim=(1, 2), keepdim=True), image.amax(dim=(1, 2), keepdim=True)
    return (image - low) / (high - low) * 255
