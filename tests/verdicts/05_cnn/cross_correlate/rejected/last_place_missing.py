# feedback: one place too early
def cross_correlate(image, kernel):
    rows, columns = kernel.shape
    output = torch.zeros(image.shape[0] - rows, image.shape[1] - columns)
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = (image[i : i + rows, j : j + columns] * kernel).sum()
    return output
