# feedback: one number is added to all outputs
def linear_by_hand(x, weight, bias):
    return x @ weight.T + bias.mean()
