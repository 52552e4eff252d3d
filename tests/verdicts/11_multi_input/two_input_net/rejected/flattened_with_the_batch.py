# feedback: batch is flattened, too
class TwoInputNet(nn.Module):
    def __init__(self, size, alphabets, characters):
        super().__init__()
        self.image_branch = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=3, padding=1),
            nn.MaxPool2d(2),
            nn.ELU(),
            nn.Flatten(0),
            nn.Linear(16 * (size // 2) ** 2, 128),
            nn.ELU(),
        )
        self.alphabet_branch = nn.Sequential(nn.Linear(alphabets, 8), nn.ELU())
        self.head = nn.Linear(128 + 8, characters)

    def forward(self, image, alphabet):
        return self.head(torch.cat([self.image_branch(image), self.alphabet_branch(alphabet)], dim=1))
