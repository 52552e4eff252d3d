# feedback: arranged along other axes
def cross_correlate(image, kernel):
    result = []
    for i in range(image.shape[0] - kernel.shape[0] + 1):
        for j in range(image.shape[1] - kernel.shape[1] + 1):
            result.append((image[i : i + kernel.shape[0], j : j + kernel.shape[1]] * kernel).sum())
    return torch.stack(result)
