# feedback: passes a ReLU too
def forward_by_hand(x, layers):
    for weight, bias in layers:
        x = torch.relu(x @ weight.T + bias)
    return torch.sigmoid(x)
