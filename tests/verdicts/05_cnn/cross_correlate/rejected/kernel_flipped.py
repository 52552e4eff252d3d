# feedback: kernel is flipped
def cross_correlate(image, kernel):
    kernel = kernel.flip(0, 1)
    rows, columns = kernel.shape
    output = torch.zeros(image.shape[0] - rows + 1, image.shape[1] - columns + 1)
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = (image[i : i + rows, j : j + columns] * kernel).sum()
    return output
