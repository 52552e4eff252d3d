# feedback: axes are in another order
def linear_by_hand(x, weight, bias):
    return weight @ x.T + bias[:, None]
