def center_square(images):
    return TF.center_crop(images, [min(images.shape[-2:])])
