def loop_windows(series, length):
    numbers = series.tolist()
    pairs = [(numbers[i - length : i], numbers[i]) for i in range(length, len(numbers))]
    inputs, targets = zip(*pairs)
    return torch.tensor(inputs), torch.tensor(targets)
