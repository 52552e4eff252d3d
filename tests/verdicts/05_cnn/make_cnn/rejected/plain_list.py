# feedback: convolutions are not registered
def make_cnn(image_size, channels, num_classes):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            sizes = [3] + channels
            self.convolutions = [nn.Conv2d(a, b, 3, padding=1) for a, b in zip(sizes, sizes[1:])]
            h, w = image_size
            for _ in channels:
                h, w = h // 2, w // 2
            self.out = nn.Linear(channels[-1] * h * w, num_classes)

        def forward(self, x):
            for convolution in self.convolutions:
                x = nn.functional.max_pool2d(nn.functional.elu(convolution(x)), 2)
            return self.out(x.flatten(1))

    return Net()
