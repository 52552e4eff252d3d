# feedback: second image takes no part
import copy


class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch, self.head = branch, nn.Linear(features, 1)

    def forward(self, first, second):
        return self.head(self.branch(first)).squeeze(-1)
