# feedback: gives several values
def merge_linear(first, second):
    return second.weight @ first.weight, second.weight @ first.bias + second.bias
