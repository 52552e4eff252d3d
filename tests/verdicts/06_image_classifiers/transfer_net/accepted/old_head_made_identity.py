def transfer_net(trained, num_classes):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.extractor = copy.deepcopy(trained)
            self.extractor[-1] = nn.Identity()
            for p in self.extractor.parameters():
                p.requires_grad = False
            self.head = nn.Linear(trained[-1].in_features, num_classes)

        def forward(self, x):
            return self.head(self.extractor.eval()(x).detach())

    return Net()
