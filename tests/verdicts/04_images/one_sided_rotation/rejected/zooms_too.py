# feedback: another random step
def turn_left(max_degrees):
    return v2.RandomAffine(degrees=(-max_degrees, 0), scale=(0.5, 0.8))
