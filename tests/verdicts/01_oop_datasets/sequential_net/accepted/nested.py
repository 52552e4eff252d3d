def sequential_net():
    def block(inputs, outputs, activation):
        return nn.Sequential(nn.Linear(inputs, outputs), activation)

    return nn.Sequential(
        nn.Sequential(block(9, 16, nn.ReLU()), nn.Identity(), block(16, 8, nn.Threshold(0.0, 0.0))),
        nn.Sequential(block(8, 1, nn.Sigmoid())),
    )
