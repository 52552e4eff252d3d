# feedback: raised RuntimeError
def autocontrast(image):
    low, high = image.amin(dim=(1, 2)), image.amax(dim=(1, 2))
    return (image - low) / (high - low)
