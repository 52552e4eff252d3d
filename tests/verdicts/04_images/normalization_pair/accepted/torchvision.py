def normalize(images, mean, std):
    return v2.Normalize(mean.tolist(), std.tolist())(images)


def denormalize(images, mean, std):
    return TF.normalize(images, (-mean / std).tolist(), (1 / std).tolist())
