# feedback: any number of axes
def linear_by_hand(x, weight, bias):
    return (weight @ x.T).T + bias
