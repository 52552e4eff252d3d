# feedback: random weights of its own
def linear_by_hand(x, weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    return layer(x)
