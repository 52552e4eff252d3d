# feedback: along one axis only
def autocontrast(image):
    low, high = image.amin(dim=0, keepdim=True), image.amax(dim=0, keepdim=True)
    return (image - low) / (high - low)
