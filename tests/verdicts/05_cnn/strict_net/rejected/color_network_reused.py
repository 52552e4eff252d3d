# feedback: another number of channels
class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.net = make_cnn((image_size, image_size), [8], num_classes)
        self.side = image_size

    def forward(self, x):
        if tuple(x.shape) != (len(x), 1, self.side, self.side):
            raise ValueError("no")
        return self.net(x)
