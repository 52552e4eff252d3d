class Net(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.body = trained[:-1].requires_grad_(False)
        self.head = nn.Linear(trained[-1].in_features, num_classes)

    def train(self, mode=True):
        super().train(mode)
        self.body.eval()

    def forward(self, x):
        return self.head(self.body(x))


def transfer_net(trained, num_classes):
    net = Net(trained, num_classes)
    net.train()
    return net
