# feedback: float64 | wrong dtype
def loop_windows(series, length):
    numbers = series.numpy().astype(float)
    inputs = np.array([numbers[i : i + length] for i in range(len(numbers) - length)])
    return torch.from_numpy(inputs), torch.from_numpy(numbers[length:])
