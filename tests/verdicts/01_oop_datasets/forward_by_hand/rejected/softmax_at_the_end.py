# feedback: softmax | always 1
def forward_by_hand(x, layers):
    for weight, bias in layers[:-1]:
        x = torch.relu(x @ weight.T + bias)
    weight, bias = layers[-1]
    return torch.softmax(x @ weight.T + bias, dim=1)
