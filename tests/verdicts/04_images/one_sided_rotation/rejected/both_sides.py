# feedback: a range around 0
def turn_left(max_degrees):
    return v2.RandomRotation(max_degrees)
