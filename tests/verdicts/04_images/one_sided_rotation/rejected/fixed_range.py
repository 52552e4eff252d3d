# feedback: does not use the argument
def turn_left(max_degrees):
    return v2.RandomRotation((0, 15))
