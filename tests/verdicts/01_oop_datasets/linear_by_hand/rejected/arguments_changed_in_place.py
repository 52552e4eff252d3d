# feedback: changed by the call | in place
def linear_by_hand(x, weight, bias):
    out = x @ weight.T
    bias += out.mean() * 0 + 0.0
    weight *= 1.0
    x += bias.sum() * 0 + 1.0
    return out + bias
