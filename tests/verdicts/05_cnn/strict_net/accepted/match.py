class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.side = image_size
        self.layers = nn.ModuleList([nn.Conv2d(1, 8, 3, 1, 1), nn.Linear(8 * (image_size // 2) * (image_size // 2), num_classes)])

    def forward(self, x):
        match tuple(getattr(x, "shape", ())):
            case (batch, 1, height, width) if height == width == self.side:
                maps = nn.functional.relu(nn.functional.max_pool2d(self.layers[0](x), 2))
                half = self.side // 2
                return self.layers[1](maps.reshape(batch, 8 * half * half))
            case shape:
                raise ValueError(f"images of shape {shape} do not fit")
