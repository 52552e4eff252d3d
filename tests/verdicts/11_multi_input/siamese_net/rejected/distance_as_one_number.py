# feedback: added up to one number
class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch = branch
        self.head = nn.Linear(1, 1)

    def forward(self, first, second):
        d = (self.branch(first) - self.branch(second)).abs().sum(1, keepdim=True)
        return self.head(d).squeeze(-1)
