# feedback: last layer is skipped
def forward_by_hand(x, layers):
    for weight, bias in layers[:-1]:
        x = torch.relu(x @ weight.T + bias)
    return torch.sigmoid(x)
