def normalize(images, mean, std):
    centered = images - mean.view(-1, 1, 1)
    return torch.einsum("...chw,c->...chw", centered, std.reciprocal())


def denormalize(images, mean, std):
    return torch.addcmul(mean.view(-1, 1, 1).expand_as(images), images, std.view(-1, 1, 1).expand_as(images))
