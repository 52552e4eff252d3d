# feedback: inside the loop
def forward_by_hand(x, layers):
    for i, (w, b) in enumerate(layers):
        x = x @ w.T + b
        if i < len(layers) - 1:
            x = torch.relu(x)
        return torch.sigmoid(x)
