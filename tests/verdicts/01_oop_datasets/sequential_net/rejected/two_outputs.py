# feedback: last layer has two outputs
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 2), nn.Sigmoid()
    )
