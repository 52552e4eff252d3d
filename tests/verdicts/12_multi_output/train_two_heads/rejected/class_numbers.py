# feedback: class numbers are returned
class Guesser(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoHeadNet(4, 20, 20)

    def forward(self, x):
        return tuple(scores.argmax(1) for scores in self.net(x))


def train_two_heads(images, alphabets, characters):
    return Guesser()
