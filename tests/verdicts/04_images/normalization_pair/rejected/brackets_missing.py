# feedback: brackets are missing
def normalize(images, mean, std):
    return images - mean[:, None, None] / std[:, None, None]

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
