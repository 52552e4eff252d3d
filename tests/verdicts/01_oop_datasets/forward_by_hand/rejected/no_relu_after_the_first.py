# feedback: ReLU after the first layer is missing
def forward_by_hand(x, layers):
    for i, (w, b) in enumerate(layers):
        x = x @ w.T + b
        if 1 <= i < len(layers) - 1:
            x = torch.relu(x)
    return torch.sigmoid(x)
