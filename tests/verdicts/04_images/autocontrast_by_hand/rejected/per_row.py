# feedback: along one axis only
def autocontrast(image):
    low, high = image.amin(dim=-1, keepdim=True), image.amax(dim=-1, keepdim=True)
    return (image - low) / (high - low)
