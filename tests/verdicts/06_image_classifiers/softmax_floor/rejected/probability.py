# feedback: not the loss
def softmax_floor(num_classes):
    return math.e / (math.e + num_classes - 1)
