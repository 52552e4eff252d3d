# feedback: another weight than the one passed in
def linear_by_hand(x, weight, bias):
    return x @ layer.weight.T + layer.bias
