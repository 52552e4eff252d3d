class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten(), nn.LazyLinear(128), nn.ELU()
        )
        self.alphabet, self.character = nn.LazyLinear(num_alphabets), nn.LazyLinear(num_characters)

    def forward(self, x):
        features = self.body(x)
        return self.alphabet(features), self.character(features)
