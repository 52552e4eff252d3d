# feedback: another random step
def turn_left(max_degrees):
    return v2.RandomAffine(degrees=(-max_degrees, 0), translate=(0.2, 0.2))
