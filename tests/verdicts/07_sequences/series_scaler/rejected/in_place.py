# feedback: changed by the call | in place
class SeriesScaler:
    def __init__(self, train):
        self.mean, self.spread = train.mean(), train.std()

    def scale(self, values):
        values -= self.mean
        values /= self.spread
        return values

    def unscale(self, values):
        return values * self.spread + self.mean
