# feedback: an activation is applied
def linear_by_hand(x, weight, bias):
    return torch.relu(x @ weight.T + bias)
