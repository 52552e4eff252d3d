# feedback: wrong number of parameters | head
class TwoInputNet(nn.Module):
    def __init__(self, size, alphabets, characters):
        super().__init__()
        self.branches = [
            nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten(), nn.Linear(4 * size**2, 128), nn.ELU()),
            nn.Sequential(nn.Linear(alphabets, 8), nn.ELU()),
        ]
        self.head = nn.Linear(136, characters)

    def forward(self, image, alphabet):
        return self.head(torch.cat([self.branches[0](image), self.branches[1](alphabet)], dim=1))
