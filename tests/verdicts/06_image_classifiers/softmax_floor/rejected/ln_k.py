# feedback: knows nothing
def softmax_floor(num_classes):
    return math.log(num_classes)
