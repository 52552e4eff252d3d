# feedback: has to be transposed
def linear_by_hand(x, weight, bias):
    return x @ weight + bias
