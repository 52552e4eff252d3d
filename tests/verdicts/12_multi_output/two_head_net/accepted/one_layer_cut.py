class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        self.sizes = [num_alphabets, num_characters]
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten(), nn.Linear(16 * (size // 2) ** 2, 128), nn.ELU()
        )
        self.heads = nn.Linear(128, num_alphabets + num_characters)

    def forward(self, x):
        return self.heads(self.body(x)).split(self.sizes, dim=1)
