# feedback: wrong order
def normalize(images, mean, std):
    return (images - mean[:, None, None]) / std[:, None, None]

def denormalize(images, mean, std):
    return (images + mean[:, None, None]) * std[:, None, None]
