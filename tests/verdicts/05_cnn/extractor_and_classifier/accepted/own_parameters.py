class CloudNet(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.w1, self.b1 = nn.Parameter(torch.randn(32, 3, 3, 3) / 5), nn.Parameter(torch.zeros(32))
        self.w2, self.b2 = nn.Parameter(torch.randn(64, 32, 3, 3) / 17), nn.Parameter(torch.zeros(64))
        self.w3, self.b3 = nn.Parameter(torch.randn(16384, num_classes) / 128), nn.Parameter(torch.zeros(num_classes))

    def forward(self, x):
        for w, b in ((self.w1, self.b1), (self.w2, self.b2)):
            x = torch.conv2d(x, w, b, padding=1)
            x = torch.where(x > 0, x, x.clamp_max(0).exp() - 1)
            x = x.reshape(*x.shape[:2], x.shape[2] // 2, 2, x.shape[3] // 2, 2).amax(dim=(3, 5))
        return x.flatten(1) @ self.w3 + self.b3
