# feedback: output of one layer is the input of the next
def forward_by_hand(x, layers):
    for weight, bias in layers[:-1]:
        h = torch.relu(x @ weight.T + bias)
    weight, bias = layers[-1]
    return torch.sigmoid(h @ weight.T + bias)
