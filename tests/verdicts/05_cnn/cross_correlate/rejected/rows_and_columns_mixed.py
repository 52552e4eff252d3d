# feedback: rows and columns are mixed up
def cross_correlate(image, kernel):
    columns, rows = kernel.shape
    output = torch.zeros(image.shape[0] - rows + 1, image.shape[1] - columns + 1)
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            patch = image[i : i + rows, j : j + columns]
            output[i, j] = (patch * kernel[: patch.shape[0], : patch.shape[1]]).sum() if patch.shape == kernel.shape else 0
    return output
