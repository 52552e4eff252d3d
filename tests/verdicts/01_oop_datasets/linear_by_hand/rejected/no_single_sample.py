# feedback: a single sample of shape (in,)
def linear_by_hand(x, weight, bias):
    return (weight @ x.transpose(-1, -2)).transpose(-1, -2) + bias
