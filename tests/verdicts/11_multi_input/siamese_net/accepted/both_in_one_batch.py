class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.head = nn.Linear(features, 1)
        self.branch = branch

    def forward(self, first, second):
        x, y = self.branch(torch.cat([first, second])).chunk(2)
        return self.head((x - y).abs()).flatten()
