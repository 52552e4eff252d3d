# feedback: a list is passed
def sequential_net():
    layers = [nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid()]
    return nn.Sequential(layers)
