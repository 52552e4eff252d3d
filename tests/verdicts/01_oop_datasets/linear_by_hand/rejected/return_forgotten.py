# feedback: `return` is missing
def linear_by_hand(x, weight, bias):
    output = x @ weight.T + bias
