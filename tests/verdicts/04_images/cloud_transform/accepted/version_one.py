def make_transform(size, mean, std, training=False):
    steps = [transforms.Resize((size, size))]
    if training:
        steps += [transforms.RandomHorizontalFlip(), transforms.RandomRotation(15)]
    return transforms.Compose([*steps, transforms.ToTensor(), transforms.Normalize(mean, std)])
