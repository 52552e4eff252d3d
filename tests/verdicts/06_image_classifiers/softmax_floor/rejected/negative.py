# feedback: sign is turned around
def softmax_floor(num_classes):
    return 1 - math.log(math.e + num_classes - 1)
