# feedback: number of layers is fixed
def forward_by_hand(x, layers):
    (w1, b1), (w2, b2), (w3, b3) = layers
    x = torch.relu(x @ w1.T + b1)
    x = torch.relu(x @ w2.T + b2)
    return torch.sigmoid(x @ w3.T + b3)
