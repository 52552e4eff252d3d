class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.parts = nn.ModuleList([branch, nn.Linear(features, 1)])

    def forward(self, first, second):
        branch, head = self.parts
        gap = branch(first) - branch(second)
        return head(gap.relu() + (-gap).relu()).view(-1)
