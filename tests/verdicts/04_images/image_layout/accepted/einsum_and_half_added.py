def image_to_tensor(array):
    channels_last = np.atleast_3d(array)
    return torch.einsum("hwc->chw", torch.tensor(channels_last).float()).mul(1 / 255)


def tensor_to_image(tensor):
    image = torch.einsum("chw->hwc", tensor)
    image = torch.floor(torch.clamp(image * 255, min=0, max=255) + 0.5)
    return image.to(torch.uint8).numpy().squeeze(-1) if tensor.shape[0] == 1 else image.to(torch.uint8).numpy()
