import statistics


def prepared_windows(series, length, test_steps):
    values = series.tolist()
    cut = len(values) - test_steps
    center, spread = statistics.fmean(values[:cut]), statistics.pstdev(values[:cut])
    scaled = [(value - center) / spread for value in values]

    def cut_windows(targets):
        inputs = [scaled[t - length : t] for t in targets]
        return torch.tensor(inputs, dtype=torch.float32).reshape(-1, length), torch.tensor([scaled[t] for t in targets])

    return *cut_windows(range(length, cut)), *cut_windows(range(cut, len(values)))
