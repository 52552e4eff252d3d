# feedback: does not register the extractor
class Transfer(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.parts = [copy.deepcopy(trained[:-1])]
        for p in self.parts[0].parameters():
            p.requires_grad = False
        self.head = nn.Linear(trained[-1].in_features, num_classes)
        self.parts[0].eval()

    def train(self, mode=True):
        super().train(mode)
        self.parts[0].train(False)
        return self

    def forward(self, x):
        return self.head(self.parts[0](x))


def transfer_net(trained, num_classes):
    return Transfer(trained, num_classes)
