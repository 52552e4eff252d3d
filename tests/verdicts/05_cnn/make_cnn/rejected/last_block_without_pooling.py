# feedback: one pooling is missing
def make_cnn(image_size, channels, num_classes):
    layers, (height, width), before = [], image_size, 3
    for place, number in enumerate(channels):
        layers += [nn.Conv2d(before, number, kernel_size=3, padding=1), nn.ELU()]
        if place < len(channels) - 1:
            layers.append(nn.MaxPool2d(2))
            height, width = height // 2, width // 2
        before = number
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(before * height * width, num_classes))
