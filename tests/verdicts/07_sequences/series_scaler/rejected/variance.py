# feedback: the variance is used
class SeriesScaler:
    def __init__(self, train):
        self.mean, self.spread = train.mean(), train.var()

    def scale(self, values):
        return (values - self.mean) / self.spread

    def unscale(self, values):
        return values * self.spread + self.mean
