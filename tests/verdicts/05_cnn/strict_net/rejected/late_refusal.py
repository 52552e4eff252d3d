# feedback: Nothing was raised | 17x17
class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.convolution = nn.Conv2d(1, 8, kernel_size=3, padding=1)
        self.classifier = nn.Linear(8 * (image_size // 2) ** 2, num_classes)

    def forward(self, x):
        try:
            x = nn.functional.max_pool2d(torch.relu(self.convolution(x)), 2)
            return self.classifier(x.flatten(1))
        except RuntimeError:
            raise ValueError("wrong size")
