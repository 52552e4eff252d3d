# feedback: a NumPy array is not a tensor yet
def cross_correlate(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), tuple(kernel.shape))
    return (windows * kernel.numpy()).sum(axis=(2, 3))
