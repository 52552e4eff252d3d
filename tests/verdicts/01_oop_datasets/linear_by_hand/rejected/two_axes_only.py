# feedback: any number of axes
def linear_by_hand(x, weight, bias):
    return torch.mm(x, weight.T) + bias
