# feedback: the branch was copied
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch = copy.deepcopy(branch)
        self.head = nn.Linear(features, 1)

    def forward(self, first, second):
        return self.head((self.branch(first) - self.branch(second)).abs()).squeeze(-1)
