# feedback: the alphabet head ends with a softmax
class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten(), nn.Linear(16 * (size // 2) ** 2, 128), nn.ELU())
        self.alphabet_head = nn.Sequential(nn.Linear(128, num_alphabets), nn.Softmax(dim=1))
        self.character_head = nn.Linear(128, num_characters)

    def forward(self, x):
        features = self.body(x)
        return self.alphabet_head(features), self.character_head(features)
