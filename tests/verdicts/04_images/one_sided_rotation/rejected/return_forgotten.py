# feedback: `return` is missing
def turn_left(max_degrees):
    v2.RandomRotation((0, max_degrees))
