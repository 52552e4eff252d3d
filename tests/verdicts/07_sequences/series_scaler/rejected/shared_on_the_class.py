# feedback: all scalers share them
class SeriesScaler:
    def __init__(self, train):
        SeriesScaler.mean, SeriesScaler.spread = train.mean(), train.std()

    def scale(self, values):
        return (values - self.mean) / self.spread

    def unscale(self, values):
        return values * self.spread + self.mean
