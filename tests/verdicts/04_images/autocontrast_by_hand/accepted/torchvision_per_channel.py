def autocontrast(image):
    return torch.cat([TF.autocontrast(channel[None]) for channel in image])
