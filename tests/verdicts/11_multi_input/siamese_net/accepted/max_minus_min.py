class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.net = nn.ModuleDict({"branch": branch, "head": nn.Linear(features, 1)})

    def forward(self, first, second):
        x, y = self.net["branch"](first), self.net["branch"](second)
        return self.net["head"](torch.maximum(x, y) - torch.minimum(x, y)).reshape(len(first))
