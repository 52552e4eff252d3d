# feedback: never turns
def make_transform(size, mean, std, training=False):
    random = []
    return v2.Compose(
        [
            v2.Resize((size, size)),
            *random,
            v2.ToImage(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize(mean, std),
        ]
    )
