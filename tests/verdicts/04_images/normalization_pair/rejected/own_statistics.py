# feedback: picture's own mean
def normalize(images, mean, std):
    return (images - images.mean()) / images.std()

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
