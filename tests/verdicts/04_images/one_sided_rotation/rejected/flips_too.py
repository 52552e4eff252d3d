# feedback: another random step
def turn_left(max_degrees):
    return v2.Compose([v2.RandomHorizontalFlip(), v2.RandomRotation((0, max_degrees))])
