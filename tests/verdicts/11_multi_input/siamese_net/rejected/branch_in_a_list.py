# feedback: not registered
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branches, self.head = [branch], nn.Linear(features, 1)

    def forward(self, first, second):
        return self.head((self.branches[0](first) - self.branches[0](second)).abs()).squeeze(-1)
