# feedback: pooling takes means
class TwoInputNet(nn.Module):
    def __init__(self, size, alphabets, characters):
        super().__init__()
        self.image = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.AvgPool2d(2), nn.ELU(), nn.Flatten(), nn.Linear(16 * (size // 2) ** 2, 128), nn.ELU(), )
        self.symbol = nn.Sequential(nn.Linear(alphabets, 8), nn.ELU())
        self.head = nn.Linear(128 + 8, characters)

    def forward(self, image, alphabet):
        return self.head(torch.cat([self.image(image), self.symbol(alphabet)], dim=1))
