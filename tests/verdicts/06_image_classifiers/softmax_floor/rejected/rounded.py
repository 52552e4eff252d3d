# feedback: is rounded
def softmax_floor(num_classes):
    return round(math.log(math.e + num_classes - 1) - 1, 2)
