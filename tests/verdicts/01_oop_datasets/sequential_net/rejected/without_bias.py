# feedback: biases are switched off
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16, bias=False),
        nn.ReLU(),
        nn.Linear(16, 8, bias=False),
        nn.ReLU(),
        nn.Linear(8, 1, bias=False),
        nn.Sigmoid(),
    )
