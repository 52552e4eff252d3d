# feedback: all channels together
def autocontrast(image):
    return (image - image.min()) / (image.max() - image.min() + 1e-12)
