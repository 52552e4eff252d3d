class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.shape = torch.Size([1, image_size, image_size])
        half = image_size // 2
        self.layers = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * half * half, num_classes)
        )

    def forward(self, x):
        if x.shape[1:] != self.shape:
            raise ValueError("other images were expected")
        return self.layers(x)
