# feedback: wrong shape
def rotate_by_hand(image, degrees):
    return TF.rotate(image, degrees, expand=True)
