class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        self.heads = nn.ModuleList(nn.Linear(128, count) for count in (num_alphabets, num_characters))
        self.trunk = nn.Sequential(
            nn.Conv2d(1, 16, (3, 3), padding="same"),
            nn.ELU(),  # before the pooling: the same, since ELU keeps the order
            nn.MaxPool2d(2, 2),
            nn.Flatten(),
            nn.Linear((size // 2) ** 2 * 16, 128),
            nn.ELU(),
        )

    def forward(self, images):
        shared = self.trunk(images)
        return [head(shared) for head in self.heads]
