# feedback: 160 | a layer is missing
def sequential_net():
    return nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())
