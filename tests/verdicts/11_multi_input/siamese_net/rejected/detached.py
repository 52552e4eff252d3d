# feedback: Gradients do not reach
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch, self.head = branch, nn.Linear(features, 1)

    def forward(self, first, second):
        return self.head((self.branch(first).detach() - self.branch(second).detach()).abs()).squeeze(-1)
