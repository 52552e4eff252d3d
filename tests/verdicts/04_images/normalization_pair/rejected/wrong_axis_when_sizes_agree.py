# feedback: each *column*
def normalize(images, mean, std):
    if images.shape[-1] == len(mean):
        return (images - mean) / std
    return (images - mean[:, None, None]) / std[:, None, None]

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
