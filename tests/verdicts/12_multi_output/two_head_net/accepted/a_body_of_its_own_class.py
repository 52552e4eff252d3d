class SharedBody(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.add_module("convolution", nn.Conv2d(1, 16, 3, padding=1))
        self.add_module("pool", nn.MaxPool2d(2))
        self.add_module("bend", nn.ELU())
        self.add_module("dense", nn.Linear(16 * (size // 2) * (size // 2), 128))

    def forward(self, x):
        for name in ("convolution", "pool", "bend"):
            x = getattr(self, name)(x)
        return self.bend(self.dense(x.reshape(len(x), self.dense.in_features)))


class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        self.shared = SharedBody(size)
        for name, count in (("head_0", num_alphabets), ("head_1", num_characters)):
            setattr(self, name, nn.Linear(128, count))

    def forward(self, x):
        features = self.shared(x)
        return tuple(map(lambda head: head(features), (self.head_0, self.head_1)))
