# feedback: overflows
def forward_by_hand(x, layers):
    for w, b in layers[:-1]:
        x = torch.relu(x @ w.T + b)
    w, b = layers[-1]
    z = x @ w.T + b
    return torch.exp(z) / (1 + torch.exp(z))
