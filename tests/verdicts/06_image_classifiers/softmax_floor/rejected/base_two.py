# feedback: base 2
def softmax_floor(num_classes):
    return math.log2(math.e + num_classes - 1) - math.log2(math.e)
