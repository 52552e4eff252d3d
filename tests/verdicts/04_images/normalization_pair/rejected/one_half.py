# feedback: 0.5 is written into the code
def normalize(images, mean, std):
    return (images - 0.5) / 0.5

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
