# feedback: cause
class SeriesScaler:
    def __init__(self, train):
        self.mean, self.spread = values.mean(), values.std()

    def scale(self, numbers):
        return (numbers - self.mean) / self.spread

    def unscale(self, numbers):
        return numbers * self.spread + self.mean
