# feedback: range from 0 to 1
class SeriesScaler:
    def __init__(self, train):
        self.low, self.high = train.min(), train.max()

    def scale(self, values):
        return (values - self.low) / (self.high - self.low)

    def unscale(self, values):
        return values * (self.high - self.low) + self.low
