# feedback: sigmoid at the end is missing
def forward_by_hand(x, layers):
    for weight, bias in layers[:-1]:
        x = torch.relu(x @ weight.T + bias)
    weight, bias = layers[-1]
    return x @ weight.T + bias
