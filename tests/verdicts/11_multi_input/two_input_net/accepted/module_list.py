class TwoInputNet(nn.Module):
    def __init__(self, size, alphabets, characters):
        super(TwoInputNet, self).__init__()
        half = size // 2
        self.parts = nn.ModuleList(
            [
                nn.Sequential(nn.Conv2d(1, 16, 3, 1, 1), nn.ELU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * half * half, 128), nn.ELU()),
                nn.Sequential(nn.Linear(alphabets, 8), nn.ELU()),
            ]
        )
        self.head = nn.Sequential(nn.Linear(128 + 8, characters))

    def forward(self, *inputs):
        return self.head(torch.cat([part(x) for part, x in zip(self.parts, inputs)], -1))
