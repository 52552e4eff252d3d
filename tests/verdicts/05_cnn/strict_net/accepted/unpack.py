class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.size = image_size
        self.conv = nn.Conv2d(1, 8, 3, 1, 1)
        self.fc = nn.Linear((image_size // 2) ** 2 * 8, num_classes)

    def forward(self, x):
        batch, channels, height, width = x.shape  # a ValueError of its own for three axes
        if channels != 1 or height != self.size or width != self.size:
            raise ValueError((channels, height, width))
        x = nn.functional.max_pool2d(self.conv(x), 2).clamp(min=0)
        return self.fc(x.view(batch, -1))
