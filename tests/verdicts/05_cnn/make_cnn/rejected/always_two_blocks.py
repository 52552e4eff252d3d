# feedback: raised IndexError
def make_cnn(image_size, channels, num_classes):
    height, width = image_size
    return nn.Sequential(
        nn.Conv2d(3, channels[0], 3, padding=1), nn.ELU(), nn.MaxPool2d(2),
        nn.Conv2d(channels[0], channels[1], 3, padding=1), nn.ELU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(channels[1] * (height // 4) * (width // 4), num_classes),
    )
