# feedback: reaches too far
def turn_left(max_degrees):
    return v2.RandomRotation((0, 2 * max_degrees))
