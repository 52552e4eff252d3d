# feedback: a list of layers is not yet a model
def sequential_net():
    return [nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid()]
