# feedback: raised RuntimeError
def normalize(images, mean, std):
    return (images - mean[:, None]) / std[:, None]

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
