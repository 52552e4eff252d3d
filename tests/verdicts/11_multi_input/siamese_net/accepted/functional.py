class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.encode = branch
        self.score = nn.Linear(in_features=features, out_features=1)

    def forward(self, a, b):
        return self.score(torch.abs(self.encode(b) - self.encode(a)))[:, 0]
