# feedback: cause
class SeriesScaler:
    def __init__(self, train):
        self.train = train

    def scale(self, values):
        return (values - values.mean(0)) / values.std(0)

    def unscale(self, values):
        return values * self.train.std() + self.train.mean()
