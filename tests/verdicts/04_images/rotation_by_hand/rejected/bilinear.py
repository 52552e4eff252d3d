# feedback: neighboring pixels are mixed
def rotate_by_hand(image, degrees):
    return TF.rotate(image, degrees, interpolation=v2.InterpolationMode.BILINEAR)
