# feedback: the mean is computed anew
class SeriesScaler:
    def __init__(self, train):
        self.spread = train.std()
        self.mean = train.mean()

    def scale(self, values):
        return (values - values.mean()) / self.spread

    def unscale(self, values):
        return values * self.spread + self.mean
