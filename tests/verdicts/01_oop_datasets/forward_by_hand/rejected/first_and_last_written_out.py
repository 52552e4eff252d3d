# feedback: only layer twice
def forward_by_hand(x, layers):
    w, b = layers[0]
    x = torch.relu(x @ w.T + b)
    for w, b in layers[1:-1]:
        x = torch.relu(x @ w.T + b)
    w, b = layers[-1]
    return torch.sigmoid(x @ w.T + b)
