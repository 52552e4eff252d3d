# feedback: The wrong parameters of `net` are trainable
class Transfer(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.extractor = copy.deepcopy(trained[:-1])
        for p in self.extractor.parameters():
            p.requires_grad = False
        self.head = nn.Sequential(nn.Linear(trained[-1].in_features, 8), nn.ReLU(), nn.Linear(8, num_classes))
        self.extractor.eval()

    def train(self, mode=True):
        super().train(mode)
        self.extractor.train(False)
        return self

    def forward(self, x):
        return self.head(self.extractor(x))


def transfer_net(trained, num_classes):
    return Transfer(trained, num_classes)
