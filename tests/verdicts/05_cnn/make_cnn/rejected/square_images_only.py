# feedback: flattened feature maps have another length
def make_cnn(image_size, channels, num_classes):
    layers, (height, width), before = [], image_size, 3
    for number in channels:
        layers += [nn.Conv2d(before, number, kernel_size=3, padding=1), nn.ELU(), nn.MaxPool2d(2)]
        height, width, before = height // 2, width // 2, number
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(before * height * height, num_classes))
