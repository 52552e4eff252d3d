def turn_left(max_degrees):
    return v2.RandomAffine(degrees=(-max_degrees, 0))
