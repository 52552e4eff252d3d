# feedback: computed anew from the values that are scaled
class SeriesScaler:
    def __init__(self, train):
        self.mean, self.spread = train.mean(), train.std()

    def scale(self, values):
        self.mean, self.spread = values.mean(), values.std()
        return (values - self.mean) / self.spread

    def unscale(self, values):
        return values * self.spread + self.mean
