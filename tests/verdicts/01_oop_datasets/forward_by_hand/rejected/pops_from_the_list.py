# feedback: list `layers` | changed by the call | `pop`
def forward_by_hand(x, layers):
    weight, bias = layers.pop()
    for w, b in layers:
        x = torch.relu(x @ w.T + b)
    return torch.sigmoid(x @ weight.T + bias)
