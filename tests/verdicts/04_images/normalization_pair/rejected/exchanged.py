# feedback: mean and spread are exchanged
def normalize(images, std, mean):
    return (images - mean[:, None, None]) / std[:, None, None]

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
