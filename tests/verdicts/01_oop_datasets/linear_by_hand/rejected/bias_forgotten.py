# feedback: bias is missing
def linear_by_hand(x, weight, bias):
    return x @ weight.T
