# feedback: changed by the call
def normalize(images, mean, std):
    return images.sub_(mean[:, None, None]).div_(std[:, None, None])

def denormalize(images, mean, std):
    return images * std[:, None, None] + mean[:, None, None]
