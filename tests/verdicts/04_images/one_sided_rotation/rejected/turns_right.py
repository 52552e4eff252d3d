# feedback: turn to the right
def turn_left(max_degrees):
    return v2.RandomRotation((-max_degrees, 0))
