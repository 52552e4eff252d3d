# feedback: sides are not what they were taken for
class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.side = image_size
        self.convolution = nn.Conv2d(1, 8, kernel_size=3, padding=1)
        self.classifier = nn.Linear(8 * image_size // 2 * image_size // 2, num_classes)

    def forward(self, x):
        if x.shape[1:] != (1, self.side, self.side):
            raise ValueError
        x = nn.functional.max_pool2d(torch.relu(self.convolution(x)), 2)
        return self.classifier(x.view(x.size(0), -1))
