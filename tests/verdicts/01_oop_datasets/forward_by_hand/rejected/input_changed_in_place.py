# feedback: tensor `x` | changed by the call | in place
def forward_by_hand(x, layers):
    for w, b in layers[:-1]:
        x = (x @ w.T + b).relu_()
    w, b = layers[-1]
    return torch.sigmoid(x.relu_() @ w.T + b)
