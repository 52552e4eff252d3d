class TwoInputNet(nn.Module):
    def __init__(self, size, alphabets, characters):
        super().__init__()
        self.image = nn.Sequential(nn.Conv2d(1,16,3,padding=1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten(), nn.LazyLinear(128), nn.ELU())
        self.alphabet = nn.Sequential(nn.Linear(alphabets,8), nn.ELU())
        self.head = nn.Linear(136, characters)
    def forward(self, image, alphabet):
        return self.head(torch.cat([self.image(image), self.alphabet(alphabet)], dim=1))
