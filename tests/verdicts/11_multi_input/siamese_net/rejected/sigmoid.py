# feedback: output is a probability
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch, self.head = branch, nn.Linear(features, 1)

    def forward(self, first, second):
        return torch.sigmoid(self.head((self.branch(first) - self.branch(second)).abs())).squeeze(-1)
