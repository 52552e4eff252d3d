# feedback: linear layer is not registered
def make_cnn(image_size, channels, num_classes):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            sizes = [3] + channels
            self.convolutions = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(sizes, sizes[1:]))

        def forward(self, x):
            for convolution in self.convolutions:
                x = nn.functional.max_pool2d(nn.functional.elu(convolution(x)), 2)
            x = x.flatten(1)
            return nn.Linear(x.shape[1], num_classes)(x)

    return Net()
