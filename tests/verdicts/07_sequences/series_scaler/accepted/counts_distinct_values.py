class SeriesScaler:
    def __init__(self, train):
        self.center = train.double().mean()
        self.unit = train.double().std() if len(train.unique()) > 1 else 1.0

    def scale(self, values):
        return ((values.double() - self.center) / self.unit).float()

    def unscale(self, values):
        return (values.double() * self.unit + self.center).float()
