# feedback: output for each pixel
def cross_correlate(image, kernel):
    rows, columns = kernel.shape
    image_padded = nn.functional.pad(image, (columns // 2, columns - 1 - columns // 2, rows // 2, rows - 1 - rows // 2))
    return (image_padded.unfold(0, rows, 1).unfold(1, columns, 1) * kernel).sum((-1, -2))
