# feedback: around the step
def trailing_mean(series, width):
    return torch.tensor(np.convolve(series, np.ones(width) / width, mode="same"), dtype=torch.float32)
