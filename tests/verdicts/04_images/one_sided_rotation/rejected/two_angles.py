# feedback: only a few angles
def turn_left(max_degrees):
    return lambda image: TF.rotate(image, torch.randint(0, 2, ()).item() * max_degrees)
