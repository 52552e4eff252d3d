# feedback: angle is not random
def turn_left(max_degrees):
    angle = float(torch.rand(()) * max_degrees)
    return lambda image: TF.rotate(image, angle)
