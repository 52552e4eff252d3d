class CloudNet(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv2d(3, 32, 3, 1, 1), nn.Conv2d(32, 64, 3, 1, 1)])
        with torch.no_grad():
            size = self.maps(torch.zeros(1, 3, 64, 64)).numel()
        self.linear = nn.Linear(size, num_classes)

    def maps(self, x):
        for layer in self.layers:
            x = layer(x)
            x = torch.where(x > 0, x, torch.expm1(x.clamp(max=0)))
            x = x.unfold(2, 2, 2).unfold(3, 2, 2).amax(dim=(-2, -1))
        return x

    def forward(self, x):
        return self.linear(self.maps(x).flatten(start_dim=1))
