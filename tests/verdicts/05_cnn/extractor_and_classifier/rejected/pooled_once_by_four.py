# feedback: computes something else
class CloudNet(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.out = nn.Linear(64 * 16 * 16, num_classes)

    def forward(self, x):
        x = nn.functional.max_pool2d(nn.functional.elu(self.conv1(x)), 4)
        return self.out(nn.functional.elu(self.conv2(x)).flatten(1))
