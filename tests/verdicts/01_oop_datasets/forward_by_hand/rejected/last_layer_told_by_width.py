# feedback: told from the others by its one output
def forward_by_hand(x, layers):
    for w, b in layers:
        z = x @ w.T + b
        x = torch.sigmoid(z) if w.shape[0] == 1 else torch.relu(z)
    return x
