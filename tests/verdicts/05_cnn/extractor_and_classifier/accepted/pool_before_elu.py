class CloudNet(nn.Module):
    # max pooling first and ELU afterwards: the same numbers, cheaper (section 6)
    def __init__(self, num_classes):
        super().__init__()
        self.features = nn.ModuleDict(
            {"first": nn.Conv2d(3, 32, kernel_size=3, padding=1), "second": nn.Conv2d(32, 64, kernel_size=3, padding=1)}
        )
        self.pool, self.elu = nn.MaxPool2d(2), nn.ELU()
        self.classifier = nn.Linear(in_features=64 * (64 // 4) ** 2, out_features=num_classes)

    def forward(self, x):
        x = self.elu(self.pool(self.features["first"](x)))
        x = self.elu(self.pool(self.features["second"](x)))
        return self.classifier(x.flatten(1))
