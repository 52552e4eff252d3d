# feedback: changed by the call | in place
def cross_correlate(image, kernel):
    rows, columns = kernel.shape
    high, wide = image.shape[0] - rows + 1, image.shape[1] - columns + 1
    for i in range(high):
        for j in range(wide):
            image[i, j] = (image[i : i + rows, j : j + columns] * kernel).sum()
    return image[:high, :wide].clone()
