def make_transform(size, mean, std, training=False):
    pipeline = v2.Compose(
        [
            v2.PILToTensor(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Resize([size, size], antialias=True),
            v2.Normalize(mean=mean, std=std),
            v2.RandomRotation(15) if training else v2.Identity(),
            v2.RandomHorizontalFlip() if training else v2.Identity(),
        ]
    )
    return pipeline
