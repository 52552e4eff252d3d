# feedback: spread of 1 where all training values are equal
class SeriesScaler:
    def __init__(self, train):
        self.mean, self.spread = train.mean(), train.std()

    def scale(self, values):
        return (values - self.mean) / (self.spread + 1e-8)

    def unscale(self, values):
        return values * (self.spread + 1e-8) + self.mean
