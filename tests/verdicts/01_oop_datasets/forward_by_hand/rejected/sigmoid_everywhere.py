# feedback: a sigmoid follows every layer
def forward_by_hand(x, layers):
    for weight, bias in layers:
        x = torch.sigmoid(x @ weight.T + bias)
    return x
