class CloudNet(nn.Sequential):
    def __init__(self, num_classes):
        blocks = []
        for a, b in ((3, 32), (32, 64)):
            blocks += [nn.Conv2d(a, b, (3, 3), (1, 1), (1, 1)), nn.MaxPool2d((2, 2)), nn.ELU(inplace=True)]
        super().__init__(*blocks, nn.Flatten(1, -1), nn.Linear(64 * 16**2, num_classes))
