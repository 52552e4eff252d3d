# feedback: computes over the batch
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoHeadNet(4, 20, 20)

    def forward(self, x):
        return tuple(scores - scores.mean(dim=0) for scores in self.net(x))


def train_two_heads(images, alphabets, characters):
    return Net()
