class Net(nn.Sequential):
    def __init__(self, sizes=(9, 16, 8, 1)):
        layers = []
        for a, b in zip(sizes, sizes[1:]):
            layers.extend((nn.Linear(a, b), nn.ReLU()))
        layers[-1] = nn.Sigmoid()
        super().__init__(*layers)
