# feedback: BatchNorm
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid()
    )
