# feedback: softmax | always 1
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1), nn.Softmax(dim=1)
    )
