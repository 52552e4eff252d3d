# feedback: leaky
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16), nn.LeakyReLU(), nn.Linear(16, 8), nn.LeakyReLU(), nn.Linear(8, 1), nn.Sigmoid()
    )
