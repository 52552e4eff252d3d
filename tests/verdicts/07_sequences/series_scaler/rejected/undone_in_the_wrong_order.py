# feedback: undone in the wrong order
class SeriesScaler:
    def __init__(self, train):
        self.mean, self.spread = train.mean(), train.std()
        if self.spread == 0:
            self.spread = 1

    def scale(self, values):
        return (values - self.mean) / self.spread

    def unscale(self, values):
        return (values + self.mean) * self.spread
