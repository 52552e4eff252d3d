def make_cnn(image_size, channels, num_classes):
    def rest(height, width, inputs, todo):
        if len(todo) == 0:
            return [nn.Flatten(), nn.Linear(inputs * height * width, num_classes)]
        first, *others = todo
        block = [nn.Conv2d(inputs, first, 3, padding=1), nn.ELU(), nn.MaxPool2d(2)]
        return block + rest(height // 2, width // 2, first, others)

    return nn.Sequential(*rest(image_size[0], image_size[1], 3, channels))
