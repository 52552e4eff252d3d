# feedback: ReLU before the first layer
def sequential_net():
    return nn.Sequential(
        nn.ReLU(), nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid()
    )
