# feedback: shapes that do not go together
def linear_by_hand(x, weight, bias):
    return x @ weight.T + bias[:, None]
