# feedback: kernel size of 3 is written into the code
def cross_correlate(image, kernel):
    output = torch.zeros(image.shape[0] - 2, image.shape[1] - 2)
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            patch = image[i : i + kernel.shape[0], j : j + kernel.shape[1]]
            output[i, j] = (patch * kernel[: patch.shape[0], : patch.shape[1]]).sum()
    return output
