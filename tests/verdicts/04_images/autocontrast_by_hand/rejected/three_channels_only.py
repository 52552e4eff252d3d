# feedback: for 4 channels | permitted channel values
def autocontrast(image):
    return TF.autocontrast(image)
