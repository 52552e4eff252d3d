# feedback: turns no picture that is not mirrored | one draw decides about both
def make_transform(size, mean, std, training=False):
    steps = [v2.Resize((size, size))]
    if training:
        steps.append(v2.RandomApply([v2.RandomHorizontalFlip(p=1.0), v2.RandomRotation(15)], p=0.5))
    steps += [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean=mean, std=std)]
    return v2.Compose(steps)
