def turn_left(max_degrees):
    return transforms.Compose([transforms.RandomRotation(degrees=(0, max_degrees), fill=1)])
