# feedback: shapes that do not go together | number by number
def linear_by_hand(x, weight, bias):
    return x * weight.T + bias
