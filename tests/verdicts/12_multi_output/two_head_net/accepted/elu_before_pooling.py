class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        half = size // 2
        self.conv, self.fc = nn.Conv2d(1, 16, 3, padding="same"), nn.Linear(16 * half * half, 128)
        self.out = nn.ModuleDict({"a": nn.Linear(128, num_alphabets), "c": nn.Linear(128, num_characters)})

    def forward(self, x):
        h = F.max_pool2d(F.elu(self.conv(x)), 2)
        h = F.elu(self.fc(h.view(len(x), -1)))
        return [head(h) for head in self.out.values()]
