# feedback: wrong values
def rotate_by_hand(image, degrees):
    return torch.rot90(image, round(degrees / 90), (1, 2))
