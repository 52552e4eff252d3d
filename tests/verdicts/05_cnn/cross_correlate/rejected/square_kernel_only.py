# feedback: kernel is taken as square
def cross_correlate(image, kernel):
    k = kernel.shape[0]
    output = torch.zeros(image.shape[0] - k + 1, image.shape[1] - k + 1)
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            patch = image[i : i + k, j : j + kernel.shape[1]]
            output[i, j] = (patch * kernel[:, : patch.shape[1]]).sum()
    return output
