# feedback: largest such loss
def softmax_floor(num_classes):
    return math.log(num_classes - 1 + 1 / math.e)
