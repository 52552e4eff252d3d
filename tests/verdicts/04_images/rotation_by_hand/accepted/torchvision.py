def rotate_by_hand(image, degrees):
    return TF.rotate(image, degrees)
