class TwoHeadNet(nn.Module):
    def __init__(self, a, c, size):
        super().__init__()
        front = nn.Sequential(nn.Conv2d(1, 16, 3, 1, 1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten())
        width = front(torch.zeros(1, 1, size, size)).shape[1]
        self.body = nn.Sequential(front, nn.Linear(width, 128), nn.ELU())
        self.alphabet, self.character = nn.Linear(128, a), nn.Linear(128, c)

    def forward(self, x):
        x = self.body(x)
        return tuple((self.alphabet(x), self.character(x)))
