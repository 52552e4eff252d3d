# feedback: old head is still there, and still trainable
class Net(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.body = trained[:-1].requires_grad_(False)
        self.head = trained[-1]

    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self

    def forward(self, x):
        return self.head(self.body(x))


def transfer_net(trained, num_classes):
    return Net(trained, num_classes).train()
