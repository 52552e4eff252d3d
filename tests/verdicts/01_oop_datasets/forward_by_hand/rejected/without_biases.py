# feedback: biases are missing
def forward_by_hand(x, layers):
    for w, _ in layers[:-1]:
        x = torch.relu(x @ w.T)
    return torch.sigmoid(x @ layers[-1][0].T)
