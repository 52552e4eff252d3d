# feedback: sizes of each `nn.Linear` are turned around
def sequential_net():
    return nn.Sequential(nn.Linear(16, 9), nn.ReLU(), nn.Linear(8, 16), nn.ReLU(), nn.Linear(1, 8), nn.Sigmoid())
