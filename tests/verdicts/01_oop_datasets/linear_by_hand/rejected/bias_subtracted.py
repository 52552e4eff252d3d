# feedback: bias is subtracted
def linear_by_hand(x, weight, bias):
    return x @ weight.T - bias
