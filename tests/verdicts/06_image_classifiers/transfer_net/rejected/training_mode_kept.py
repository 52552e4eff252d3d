# feedback: stays in it
class Net(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.trained = copy.deepcopy(trained)
        self.width = self.trained[-1].in_features
        self.trained[-1] = nn.Identity()
        self.trained.requires_grad_(False)
        self.linear = nn.Linear(self.width, num_classes)
        self.train(False)

    def train(self, mode: bool = True):
        self.training = mode
        self.linear.train(mode)
        return self

    def forward(self, x):
        return self.linear(self.trained(x))


transfer_net = Net
