# feedback: normalized for testing only
def make_transform(size, mean, std, training=False):
    random = [v2.RandomHorizontalFlip(p=0.5), v2.RandomRotation(15)] if training else []
    return v2.Compose(
        [
            v2.Resize((size, size)),
            *random,
            v2.ToImage(),
            v2.ToDtype(torch.float32, scale=True),
            *([] if training else [v2.Normalize(mean, std)]),
        ]
    )
