def make_cnn(image_size, channels, num_classes):
    h, w = image_size
    parts = [nn.Conv2d(3, channels[0], 3, padding=1), nn.ELU(), nn.MaxPool2d(2)]
    h, w = output_size(h, 2, 2), output_size(w, 2, 2)
    for i in range(1, len(channels)):
        parts += [nn.Conv2d(channels[i - 1], channels[i], 3, padding=1), nn.ELU(), nn.MaxPool2d(2)]
        h, w = output_size(h, 2, 2), output_size(w, 2, 2)
    return nn.Sequential(*parts, nn.Flatten(), nn.Linear(channels[-1] * h * w, num_classes))
