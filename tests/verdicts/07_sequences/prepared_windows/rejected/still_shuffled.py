# feedback: shuffled before they are split
def prepared_windows(series, length, test_steps):
    train = series[: len(series) - test_steps]
    inputs, targets = electricity.windows((series - train.mean()) / train.std(), length)
    order = torch.randperm(len(inputs), generator=torch.Generator().manual_seed(0))
    inputs, targets = inputs[order], targets[order]
    return inputs[:-test_steps], targets[:-test_steps], inputs[-test_steps:], targets[-test_steps:]
