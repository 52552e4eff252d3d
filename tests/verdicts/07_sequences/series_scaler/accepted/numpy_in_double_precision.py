class SeriesScaler:
    def __init__(self, train):
        numbers = train.numpy().astype(np.float64)
        self.shift, self.factor = float(np.mean(numbers)), float(np.std(numbers)) or 1.0

    def scale(self, values):
        return values.sub(self.shift).div(self.factor)

    def unscale(self, values):
        return torch.add(self.shift, values, alpha=self.factor)
