def linear_by_hand(x, weight, bias):
    return nn.functional.linear(x, weight, bias)
