# feedback: reads the scores of the old head
class Net(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.body = trained.requires_grad_(False)
        self.head = nn.Linear(trained[-1].out_features, num_classes)

    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self

    def forward(self, x):
        return self.head(self.body(x))


def transfer_net(trained, num_classes):
    return Net(trained, num_classes).train()
