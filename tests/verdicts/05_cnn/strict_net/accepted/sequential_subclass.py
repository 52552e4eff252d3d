class StrictNet(nn.Sequential):
    def __init__(self, image_size, num_classes):
        side = image_size // 2
        super().__init__(
            nn.Conv2d(1, 8, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * side * side, num_classes)
        )
        self.accepted = [1, image_size, image_size]

    def forward(self, x):
        if list(getattr(x, "shape", ()))[1:] != self.accepted:
            raise ValueError("this network takes " + " x ".join(map(str, self.accepted)) + " images, in a batch")
        return super().forward(x)
