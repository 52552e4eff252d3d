# feedback: does not split by time | the right windows in another order
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    inputs, targets = electricity.windows((series - train.mean()) / train.std(), length)
    cut = len(inputs) - test_steps
    order = torch.randperm(cut, generator=torch.Generator().manual_seed(0))
    return inputs[:cut][order], targets[:cut][order], inputs[cut:], targets[cut:]
