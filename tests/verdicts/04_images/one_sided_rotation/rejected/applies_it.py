# feedback: should be a transform
def turn_left(max_degrees):
    return v2.RandomRotation((0, max_degrees))(torch.zeros(3, 8, 8))
