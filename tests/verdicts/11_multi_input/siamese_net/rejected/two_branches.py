# feedback: two branches
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch, self.other, self.head = branch, copy.deepcopy(branch), nn.Linear(features, 1)

    def forward(self, first, second):
        return self.head((self.branch(first) - self.other(second)).abs()).squeeze(-1)
