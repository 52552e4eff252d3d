# feedback: no activation between the layers
def sequential_net():
    return nn.Sequential(nn.Linear(9, 16), nn.Linear(16, 8), nn.Linear(8, 1), nn.Sigmoid())
