# feedback: None
def softmax_floor(num_classes):
    print(math.log(math.e + num_classes - 1) - 1)
