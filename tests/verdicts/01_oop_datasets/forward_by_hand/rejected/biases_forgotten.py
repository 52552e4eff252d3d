# feedback: biases are missing
def forward_by_hand(x, layers):
    for weight, bias in layers[:-1]:
        x = torch.relu(x @ weight.T)
    weight, bias = layers[-1]
    return torch.sigmoid(x @ weight.T)
