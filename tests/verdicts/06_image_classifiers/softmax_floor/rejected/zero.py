# feedback: right loss
def softmax_floor(num_classes):
    return 0.0
