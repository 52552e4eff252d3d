# feedback: number of layers is fixed
def forward_by_hand(x, layers):
    x = torch.relu(x @ layers[0][0].T + layers[0][1])
    x = torch.relu(x @ layers[1][0].T + layers[1][1])
    return torch.sigmoid(x @ layers[2][0].T + layers[2][1])
