# feedback: no Linear behind
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch = branch

    def forward(self, first, second):
        return (self.branch(first) - self.branch(second)).abs().sum(dim=1)
