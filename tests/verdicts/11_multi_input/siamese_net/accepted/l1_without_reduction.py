class Compare(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.to_logit = nn.Linear(features, 1)

    def forward(self, a, b):
        return self.to_logit(nn.functional.l1_loss(a, b, reduction="none"))


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch = branch
        self.compare = Compare(features)

    def forward(self, first, second):
        (logit,) = self.compare(self.branch(first), self.branch(second)).unbind(dim=-1)
        return logit
