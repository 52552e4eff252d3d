# feedback: computes something else | softmax stands behind
class Transfer(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.extractor = copy.deepcopy(trained[:-1])
        for p in self.extractor.parameters():
            p.requires_grad = False
        self.head = nn.Linear(trained[-1].in_features, num_classes)
        self.extractor.eval()

    def train(self, mode=True):
        super().train(mode)
        self.extractor.train(False)
        return self

    def forward(self, x):
        return self.head(self.extractor(x)).softmax(1)


def transfer_net(trained, num_classes):
    return Transfer(trained, num_classes)
