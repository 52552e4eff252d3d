# feedback: turn the picture | another place
def turn_left(max_degrees):
    return v2.RandomRotation((0, max_degrees), center=(0, 0))
