def prepared_windows(series, length, test_steps):
    past = series[: len(series) - test_steps]
    spread, mean = torch.std_mean(past, correction=0)
    inputs, targets = electricity.windows((series - mean) / spread, length)
    return inputs[:-test_steps], targets[:-test_steps], inputs[-test_steps:], targets[-test_steps:]
