def to_display(images):
    if images.ndim == 4:
        return [to_display(image)[0] for image in images.unbind()]
    channels = images.unbind(0)
    return [channels[0] if len(channels) == 1 else torch.stack(channels, dim=-1)]
