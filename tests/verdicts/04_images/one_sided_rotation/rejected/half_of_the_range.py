# feedback: range is too narrow
def turn_left(max_degrees):
    return v2.RandomRotation((max_degrees / 2, max_degrees))
