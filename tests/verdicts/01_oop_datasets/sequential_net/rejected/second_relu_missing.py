# feedback: ReLU after the second layer is missing
def sequential_net():
    return nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.Linear(8, 1), nn.Sigmoid())
