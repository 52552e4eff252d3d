# feedback: a function is no module
def sequential_net():
    return nn.Sequential(
        nn.Linear(9, 16), torch.relu, nn.Linear(16, 8), torch.relu, nn.Linear(8, 1), torch.sigmoid
    )
