def make_cnn(image_size, channels, num_classes):
    layers = []
    for number in channels:
        layers.extend([nn.LazyConv2d(number, 3, padding=1), nn.ELU(), nn.MaxPool2d(2)])
    return nn.Sequential(*layers, nn.Flatten(), nn.LazyLinear(num_classes))
