# feedback: features of the second image are computed without gradients
class SiameseNet(nn.Module):
    def __init__(self, branch, features):
        super().__init__()
        self.branch = branch
        self.head = nn.Linear(features, 1)

    def forward(self, first, second):
        a = self.branch(first)
        with torch.no_grad():
            b = self.branch(second)
        return self.head((a - b).abs()).squeeze(1)
