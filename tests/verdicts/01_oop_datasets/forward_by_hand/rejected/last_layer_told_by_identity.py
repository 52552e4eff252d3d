# feedback: same pair
def forward_by_hand(x, layers):
    for w, b in layers:
        z = x @ w.T + b
        x = torch.sigmoid(z) if w is layers[-1][0] else torch.relu(z)
    return x
