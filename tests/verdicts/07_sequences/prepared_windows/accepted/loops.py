def prepared_windows(series, length, test_steps):
    split = len(series) - test_steps
    mean, spread = series[:split].mean().item(), series[:split].std().item()

    def cut(first, last):
        x, y = [], []
        for now in range(first, last):
            x.append((series[now - length : now] - mean) / spread)
            y.append((series[now] - mean) / spread)
        return torch.stack(x), torch.stack(y)

    return [*cut(length, split), *cut(split, len(series))]
