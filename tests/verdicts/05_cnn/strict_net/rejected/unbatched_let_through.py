# feedback: without the axis of the batch
class StrictNet(nn.Module):
    def __init__(self, image_size, num_classes):
        super().__init__()
        self.image_size = image_size
        self.convolution = nn.Conv2d(1, 8, kernel_size=3, padding=1)
        self.classifier = nn.Linear(8 * (image_size // 2) ** 2, num_classes)

    def forward(self, x):
        if tuple(x.shape[-3:]) != (1, self.image_size, self.image_size):
            raise ValueError("other images were expected")
        x = nn.functional.max_pool2d(torch.relu(self.convolution(x)), 2)
        return self.classifier(x.flatten(1))
