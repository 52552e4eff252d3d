# feedback: a NumPy array is not a tensor yet
def linear_by_hand(x, weight, bias):
    return x.numpy() @ weight.numpy().T + bias.numpy()
