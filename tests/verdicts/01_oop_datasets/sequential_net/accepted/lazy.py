def sequential_net():
    layers = []
    for width in (16, 8):
        layers += [nn.LazyLinear(width), nn.ReLU()]
    return nn.Sequential(*layers, nn.LazyLinear(1), nn.Flatten(), nn.Sigmoid())
