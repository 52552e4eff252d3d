# feedback: inside the loop
def forward_by_hand(x, layers):
    for i, (weight, bias) in enumerate(layers):
        x = x @ weight.T + bias
        x = torch.sigmoid(x) if i == len(layers) - 1 else torch.relu(x)
        return x
