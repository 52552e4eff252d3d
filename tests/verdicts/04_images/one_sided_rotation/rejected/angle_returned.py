# feedback: should be a transform
def turn_left(max_degrees):
    return float(torch.rand(()) * max_degrees)
