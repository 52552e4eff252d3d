# feedback: leaves holes
def rotate_by_hand(image, degrees):
    return push(image, degrees)
