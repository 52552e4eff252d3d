class SeriesScaler:
    def __init__(self, train):
        self.train = train.clone()

    def _numbers(self):
        spread = self.train.std(correction=0)
        return self.train.mean(), spread if (self.train != self.train[0]).any() else 1

    def scale(self, values):
        mean, spread = self._numbers()
        return (values - mean) / spread

    def unscale(self, values):
        mean, spread = self._numbers()
        return values * spread + mean
