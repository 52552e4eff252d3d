# feedback: cannot be multiplied | `in_features`
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16), nn.ReLU(), nn.Linear(9, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid()
    )
